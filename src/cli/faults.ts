/** Something the person at the command line can mend; the message says how. */
export class UserFault extends Error {}
