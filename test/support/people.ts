// The cast of the tests, as they fill in the form.

type Answers = Record<string, string>

/** An organisation in its own domain. */
export const harbour: Answers = {
  type: 'organisation',
  name: 'Harbour Harm Reduction Alliance',
  acronym: 'HHRA',
  country: 'KE',
  website: 'https://hhra.example',
  organisation_kind: 'community-led',
  email: 'amina@hhra.example',
  contact_name: 'Amina Okoro-Contact',
  contact_role: 'Director',
  visibility: 'listed',
  authorised: 'yes',
  consent: 'yes',
}

/** A person at a mail provider. */
export const jose: Answers = {
  type: 'individual',
  name: 'José María Ñandú',
  country: 'AR',
  email: 'jose.nandu@gmail.com',
  affiliation: 'Universidad del Sur',
  role: 'nurse',
  visibility: 'listed',
  consent: 'yes',
}

/** A person whose name must not be seen. */
export const leyla: Answers = {
  type: 'individual',
  name: 'Leyla Withheld-Name',
  country: 'undisclosed',
  email: 'leyla@hidden-mail.example',
  visibility: 'withheld',
  consent: 'yes',
}

let made = 0

/** Somebody new, with a name and a mailbox of their own. */
export function somebody(answers: Answers = {}): Answers {
  made += 1
  return { ...jose, name: `Person ${made}`, email: `person-${made}@members.example`, ...answers }
}

export function someOrganisation(answers: Answers = {}): Answers {
  made += 1
  return {
    ...harbour,
    name: `Organisation ${made}`,
    acronym: '',
    website: '',
    email: `office@organisation-${made}.example`,
    ...answers,
  }
}
