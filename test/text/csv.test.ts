import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { CSV_BOM, csvLine } from '../../src/text/csv.ts'

describe('a line of CSV', () => {
  test('ends in CRLF and quotes only where needed', () => {
    assert.equal(csvLine(['a', 'b c', 7, true, null]), 'a,b c,7,true,\r\n')
    assert.equal(csvLine(['a,b', 'say "x"', 'two\nlines']), '"a,b","say ""x""","two\nlines"\r\n')
  })

  test('guards what a spreadsheet would run, at the beginning only', () => {
    const guarded = ['=1+1', '+Positive Lives', '-5', '@x', '\tx', '\rx']
    for (const text of guarded) {
      const rows = parse(csvLine([text]))
      assert.deepEqual(rows, [[`'${text}`]])
    }
    assert.equal(csvLine(['GNP+', 'a=b', "'x"]), "GNP+,a=b,'x\r\n")
  })

  test('leaves numbers of ours alone', () => assert.equal(csvLine([-5, 0]), '-5,0\r\n'))

  test('is read back by a parser, cell for cell', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('a,"\r\n\t \'=+-@é;')) })
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (cells) => {
        const rows = parse(CSV_BOM + csvLine(cells), { bom: true, relax_column_count: true })
        const guarded = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))
        assert.deepEqual(rows, [guarded])
      }),
    )
  })
})
