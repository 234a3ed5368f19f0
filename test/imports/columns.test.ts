import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readVisibilityWords } from '../../src/imports/cell-words.ts'
import { guessMapping } from '../../src/imports/columns.ts'

const guessed = (...headings: string[]) => guessMapping(headings, ['organisation', 'individual'])
const all = (...cells: string[]) => [...new Set(cells.map(readVisibilityWords))]

test('columns of form tools are guessed in five languages', () => {
  const expected = ['name', 'country', 'contact_name', 'email', 'visibility']
  for (const headings of [
    [
      'Name of organisation',
      'Country',
      'Contact person',
      'Email address',
      'May we list you publicly?',
    ],
    [
      'Nombre de la organización',
      'País',
      'Persona de contacto',
      'Correo electrónico',
      '¿Publicar?',
    ],
    ['Nom de l’organisation', 'Pays', 'Personne de contact', 'Courriel', 'Publier le nom ?'],
    ['Название организации', 'Страна', 'Контактное лицо', 'Электронная почта', 'Публиковать?'],
    ['اسم المنظمة', 'البلد', 'شخص الاتصال', 'البريد الإلكتروني', 'نشر الاسم؟'],
  ]) {
    assert.deepEqual(guessed(...headings), { fields: expected, type: 'organisation' }, headings[0])
  }
})

test('our own columns are taken as they are, and a list of people as people', () => {
  const own = guessed('number', 'type', 'name', 'acronym', 'country', 'country_name', 'email')
  assert.deepEqual(own.fields, [null, 'type', 'name', 'acronym', 'country', null, 'email'])
  const people = guessed('Timestamp', 'Full name', 'Affiliation', 'Country', 'E-mail')
  assert.deepEqual(people, {
    fields: [null, 'name', 'affiliation', 'country', 'email'],
    type: 'individual',
  })
})

test('answers about being listed are understood, and no answer is no yes', () => {
  assert.deepEqual(all('Yes', 'yes ', 'Oui', 'Да', 'نعم', 'Sí', 'listed'), ['listed'])
  const no = 'No, count us but do not publish our name'
  assert.deepEqual(all(no, 'No', 'Нет', 'لا', 'Non merci', ''), ['withheld'])
  assert.deepEqual(all('Confidential', 'anonymous'), ['confidential'])
  assert.deepEqual(all('Perhaps'), ['Perhaps'])
})
