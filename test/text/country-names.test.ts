import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recogniseCountry } from '../../src/text/country-names.ts'

const all = (names: string[]) => names.map(recogniseCountry)

test('a country is recognised in many spellings and languages', () => {
  const turkey = ['Turkey', 'TÜRKİYE', 'turkiye', 'Turquie', 'Турция', 'تركيا', 'tr', ' TR ']
  assert.deepEqual([...new Set(all(turkey))], ['TR'])
  const kingdom = ['GB', 'UK', 'U.K.', 'united kingdom ', 'Great Britain', 'Royaume-Uni']
  assert.deepEqual([...new Set(all(kingdom))], ['GB'])
  const ivory = ['Ivory Coast', "Cote d'Ivoire", 'Côte d’Ivoire', 'COTE D IVOIRE']
  assert.deepEqual([...new Set(all(ivory))], ['CI'])
  const korea = ['Korea, Republic of', 'South Korea', 'Republic of Korea', '대한민국']
  assert.deepEqual([...new Set(all(korea))], ['KR'])
  assert.deepEqual(all(['Viet Nam', 'U.S.A.', 'Россия', 'مصر', 'Кыргызстан', 'The Gambia']), [
    'VN',
    'US',
    'RU',
    'EG',
    'KG',
    'GM',
  ])
  assert.deepEqual(all(['Global', 'région', 'Международная']), [
    'international',
    'regional',
    'international',
  ])
})

test('what is none, or could be two, is not recognised', () => {
  assert.deepEqual(all(['Earth', 'Atlantis', '', 'Congo', 'ZZ', 'Nairobi']), Array(6).fill(null))
})
