// What the site and the process that makes a PDF say to each other.

export interface Job {
  /** a file in views/pdf */
  template: string
  /** what the template reads as data.json */
  data: string
  /** files */
  fonts: string[]
  /** a folder with more fonts */
  moreFonts: string | null
}

/** the exit code that says: there is no compiler for this machine */
export const noCompiler = 3
