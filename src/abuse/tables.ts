// Rows of alarms: one for each incident's kind and place, kept to know whether it is over.

export type AlarmName = 'flood' | 'mail-ceiling'

export interface AbuseTables {
  alarms: {
    name: AlarmName
    /** a slug, or 'site' */
    subject: string
    raised_at: string
    /** when it was last seen to go on */
    last_at: string
  }
}
