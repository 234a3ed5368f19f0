// The fonts of PDF files. Those for Arabic script are chosen for what is copied out of them: in Amiri a
// lam with an alef are two letters (docs/adr/0012-typst-and-its-fonts.md).
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

const [regular, semiBold, bold] = ['400Regular', '600SemiBold', '700Bold']

/** Latin, Greek, Cyrillic and Devanagari are in the first; packages and the names of their files. */
const families = [
  ['noto-sans', 'NotoSans', [regular, '400Regular_Italic', semiBold, '600SemiBold_Italic']],
  ['amiri', 'Amiri', [regular, bold]],
  // the letters of Arabic script that Amiri lacks
  ['noto-sans-arabic', 'NotoSansArabic', [regular, semiBold]],
  ['noto-sans-armenian', 'NotoSansArmenian', [regular]],
  ['noto-sans-bengali', 'NotoSansBengali', [regular]],
  ['noto-sans-ethiopic', 'NotoSansEthiopic', [regular]],
  ['noto-sans-georgian', 'NotoSansGeorgian', [regular]],
  ['noto-sans-hebrew', 'NotoSansHebrew', [regular]],
  ['noto-sans-tamil', 'NotoSansTamil', [regular]],
  ['noto-sans-thai', 'NotoSansThai', [regular]],
] as const

export const fontFiles = families.flatMap(([folder, file, styles]) =>
  styles.map((style) =>
    require.resolve(`@expo-google-fonts/${folder}/${style}/${file}_${style}.ttf`),
  ),
)
