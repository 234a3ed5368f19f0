// Made-up endorsers without end: every third an organisation, each with a name and mailbox of its own.

const countries = ['KE', 'AR', 'ID', 'UA', 'FR', 'ZA', 'MX', 'KG', 'TN', 'CA', 'NP', 'PT']
const given = ['Amina', 'José María', 'Олена', 'ليلى', 'Wanjiru', 'Chloé', 'Sari', 'Тимур']
const places = ['Harbour', 'Río Claro', 'Днепр', 'Nairobi', 'Kepulauan', 'Saint-Élie', 'Table Bay']

let made = 0

/** The fields of one form, as the check-your-answers page sends them (product.md §4). */
export function nextPerson(): Record<string, string> {
  made += 1
  const country = pick(countries, made)
  return made % 3 === 0 ? organisation(made, country) : individual(made, country)
}

function organisation(n: number, country: string): Record<string, string> {
  return {
    type: 'organisation',
    name: `${pick(places, n)} Network of People Who Use Drugs ${n}`,
    acronym: `NPUD${n}`,
    country,
    website: `https://network-${n}.example`,
    organisation_kind: 'community-led',
    email: `office@network-${n}.example`,
    contact_name: `${pick(given, n)} Contact`,
    contact_role: 'Director',
    visibility: 'listed',
    authorised: 'yes',
    consent: 'yes',
    checked: 'yes',
  }
}

function individual(n: number, country: string): Record<string, string> {
  return {
    type: 'individual',
    name: `${pick(given, n)} ${pick(places, n)} ${n}`,
    country,
    email: `person-${n}@members.example`,
    affiliation: 'Universidad del Sur',
    role: 'nurse',
    visibility: n % 10 === 1 ? 'withheld' : 'listed',
    consent: 'yes',
    checked: 'yes',
  }
}

function pick(from: string[], n: number): string {
  return from[n % from.length] ?? ''
}
