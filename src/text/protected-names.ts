// Names that a coordinator looks at before they appear: bodies and offices that do not sign open
// letters by themselves, and people whose "signature" is nearly always a joke or an attack. To flag
// costs a glance; nobody is refused for it. Written as in English; names.ts compares folded forms.

/** A name is flagged when it is one of these and nothing else: "WHO", but not "Who Cares". */
export const PROTECTED_ACRONYMS: readonly string[] = (
  'UN UNO ONU OON WHO OMS UNODC UNAIDS ONUSIDA UNDP PNUD UNHCR ACNUR OHCHR UNICEF UNESCO UNFPA ' +
  'UNEP INCB CND ICC ICJ NATO OTAN INTERPOL EUROPOL FBI CIA DEA KGB FSB MI5 MI6 IMF WTO ILO IOM ' +
  'ООН ВОЗ ЮНЭЙДС ЮНИСЕФ ПРООН УВКПЧ УНП НАТО МВД ФСБ'
).split(' ')

/** A name is flagged when it starts with one of these. */
export const PROTECTED_OFFICES: readonly string[] = [
  ['President of', 'Vice President of', 'Prime Minister', 'Minister of', 'Ministry of'],
  ['Secretary General of', 'Secretary of State', 'Embassy of', 'Government of', 'UN Secretary'],
  ['Presidente de', 'Presidenta de', 'Primer Ministro', 'Ministerio de', 'Gobierno de'],
  ['Président de', 'Présidente de', 'Premier ministre', 'Ministère de', 'Gouvernement de'],
  ['Президент', 'Премьер-министр', 'Министерство', 'Правительство'],
  ['رئيس', 'وزارة', 'حكومة'],
].flat()

/** A name is flagged when it contains one of these as whole words. */
export const PROTECTED_PHRASES: readonly string[] = [
  ['United Nations', 'Naciones Unidas', 'Nations Unies', 'Организация Объединенных Наций'],
  ['الأمم المتحدة', 'UN Women', 'UN Human Rights', 'World Health Organization'],
  ['World Health Organisation', 'Organización Mundial de la Salud', 'منظمة الصحة العالمية'],
  ['Organisation mondiale de la Santé', 'Всемирная организация здравоохранения'],
  ['European Union', 'Unión Europea', 'Union européenne', 'Европейский союз'],
  ['الاتحاد الأوروبي', 'European Commission', 'European Parliament', 'Council of Europe'],
  ['African Union', 'International Criminal Court', 'International Narcotics Control Board'],
  ['Commission on Narcotic Drugs', 'Holy See', 'White House'],
  ['Xi Jinping', '习近平', '習近平', 'Vladimir Putin', 'Владимир Путин', 'Donald Trump'],
  ['Joe Biden', 'Kim Jong Un', 'Ali Khamenei', 'Pope Leo', 'Pope Francis', 'Narendra Modi'],
  ['Emmanuel Macron', 'Keir Starmer', 'King Charles', 'Volodymyr Zelensky'],
  ['Recep Tayyip Erdoğan', 'Benjamin Netanyahu', 'Mohammed bin Salman', 'Nicolás Maduro'],
  ['Javier Milei', 'Viktor Orbán', 'Giorgia Meloni', 'Friedrich Merz', 'Ursula von der Leyen'],
  ['António Guterres', 'Tedros Adhanom', 'Alexander Lukashenko', 'Claudia Sheinbaum'],
  ['Luiz Inácio Lula da Silva', 'Adolf Hitler', 'Joseph Stalin', 'Osama bin Laden'],
].flat()
