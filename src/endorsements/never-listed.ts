// Those who are counted and whose names were never public, for the breakdown by country.
export { countNeverListed } from './endorsement-store.ts'
