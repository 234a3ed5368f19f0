import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { sql } from 'kysely'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { SharedCommit } from '../../src/db/shared-commit.ts'
import { openToRead, openToWrite } from '../../src/db/sqlite-file.ts'

function emptyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-shared-commit-'))
  after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'some.db')
}

/** One who writes and one who reads a table of names, and all that SQLite is told. */
function openNames() {
  const file = emptyFile()
  const writer = openToWrite(file)
  const reader = openToRead(file)
  after(() => [reader, writer].forEach((each) => each.close()))
  writer.run('create table names (name text primary key)')
  const said: string[] = []
  const turns = new SharedCommit({
    run(command) {
      said.push(command)
      writer.run(command)
    },
    isInTransaction: () => writer.isInTransaction(),
  })
  const add = (name: string, how = 'insert') =>
    writer.execute({ sql: `${how} into names values (?)`, parameters: [name] })
  return {
    writer,
    turns,
    add,
    commits: () => said.filter((command) => command === 'commit').length,
    names: () =>
      reader
        .execute<{ name: string }>({ sql: 'select name from names order by name', parameters: [] })
        .rows.map(({ name }) => name),
    write: async (name: string, fault?: Error): Promise<void> => {
      await turns.begin()
      add(name)
      if (fault === undefined) return turns.commit()
      turns.rollback()
      throw fault
    },
  }
}

describe('those who write at the same time', () => {
  test('share one commit, and are answered when it is on the disk', async () => {
    const { write, names, commits } = openNames()
    const writes = ['Ada', 'Bea', 'Cem'].map((name) =>
      write(name).then(() => assert.deepEqual(names(), ['Ada', 'Bea', 'Cem'])),
    )
    assert.deepEqual(names(), [])
    await Promise.all(writes)
    assert.equal(commits(), 1)
    await write('Dan')
    assert.equal(commits(), 2)
  })

  for (const failing of [0, 1, 2]) {
    test(`fail alone: number ${failing + 1} of three`, async () => {
      const { write, names } = openNames()
      const fault = new Error('of one only')
      const each = ['Ada', 'Bea', 'Cem'].map((name, at) =>
        write(name, at === failing ? fault : undefined),
      )
      const ends = await Promise.allSettled(each)
      assert.deepEqual(
        ends.map(({ status }) => status === 'rejected'),
        [0, 1, 2].map((at) => at === failing),
      )
      assert.deepEqual(
        names(),
        ['Ada', 'Bea', 'Cem'].filter((_name, at) => at !== failing),
      )
    })
  }

  test('are all told when SQLite undoes all of them, and the next one begins anew', async () => {
    const { write, names, add, turns } = openNames()
    const first = write('Ada')
    await turns.begin()
    try {
      add('Ada', 'insert or rollback')
    } catch (fault) {
      turns.noteFault(fault)
    }
    assert.throws(() => turns.check(), /undone/)
    turns.rollback()
    await assert.rejects(first, /UNIQUE/)
    assert.deepEqual(names(), [])
    await write('Ada')
    assert.deepEqual(names(), ['Ada'])
  })

  test('are all told when the commit fails', async () => {
    const { write, names, writer, turns } = openNames()
    writer.run('create table children (name text references names deferrable initially deferred)')
    const first = write('Ada')
    await turns.begin()
    writer.run("insert into children values ('nobody')")
    await assert.rejects(turns.commit(), /FOREIGN KEY/)
    await assert.rejects(first, /FOREIGN KEY/)
    assert.deepEqual(names(), [])
  })

  test('wait for one that takes longer, and it for nobody who comes after its turn', async () => {
    const { write, names, add, turns, commits } = openNames()
    const quick = write('Ada')
    await turns.begin()
    add('Bea')
    await new Promise(setImmediate)
    assert.equal(commits(), 0)
    const later = write('Cem')
    const slow = turns.commit()
    assert.equal(commits(), 1)
    assert.deepEqual(names(), ['Ada', 'Bea'])
    await Promise.all([quick, slow, later])
    assert.equal(commits(), 2)
  })
})

async function openSome(): Promise<Db> {
  const db = await openDatabase({ kind: 'sqlite', file: emptyFile() })
  await db.schema.createTable('installation').addColumn('name', 'text').execute()
  await db.schema.alterTable('installation').addColumn('value', 'text').execute()
  after(() => db.destroy())
  return db
}

const addRow = (db: Db, name: string) =>
  db.insertInto('installation').values({ name, value: '' }).execute()
const countRows = async (db: Db) =>
  (await db.selectFrom('installation').select('name').execute()).length

describe('whoever reads', () => {
  test('sees only what is stored, and what is stored at once', async () => {
    const db = await openSome()
    await db.transaction().execute(async (tx) => {
      await addRow(tx, 'a')
      assert.equal(await countRows(tx), 1)
      assert.equal(await countRows(db), 0)
    })
    assert.equal(await countRows(db), 1)
    await addRow(db, 'b')
    assert.equal(await countRows(db), 2)
  })

  test('holds up nobody who writes, and a snapshot stays as it was', async () => {
    const db = await openSome()
    const snapshot = db.transaction().setAccessMode('read only')
    await snapshot.execute(async (tx) => {
      assert.equal(await countRows(tx), 0)
      await addRow(db, 'a')
      assert.equal(await countRows(tx), 0)
      assert.equal(await countRows(db), 1)
      await assert.rejects(addRow(tx, 'b'), /readonly/)
    })
    assert.equal(await countRows(db), 1)
  })

  test('is out of the way of who wants the file alone, who sees what was written', async () => {
    const db = await openSome()
    await addRow(db, 'a')
    const [, kept] = await Promise.all([
      addRow(db, 'b'),
      sql`pragma journal_mode = delete`.execute(db),
    ])
    assert.deepEqual(kept.rows, [{ journal_mode: 'delete' }])
    assert.equal(await countRows(db), 2)
  })
})
