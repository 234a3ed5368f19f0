// What form tools and people call the columns, in the languages of the interface and some more. The
// first field whose word is in a heading gets the column.
import type { Field } from './columns.ts'

/** Never brought in, though other words may be in the heading. */
export const passedOver =
  'timestamp|submitted|submission date|start time|completion time|marca temporal|fecha de envio|horodateur|' +
  'date de soumission|отметка времени|дата отправки|طابع زمني|تاريخ الإرسال|comment|comentario|commentaire|' +
  'комментари|تعليق|country_name|consent|privacy'

export const wordsOf: readonly [field: Field, words: string][] = [
  ['email', 'email|e-mail|mail address|correo|courriel|почт|بريد|mailbox'],
  [
    'visibility',
    'visib|listed|publicly|publish|public list|appear|publicar|público|publier|публик|публич|نشر|علن|ظهور',
  ],
  [
    'updates',
    'updates|newsletter|informed|novedades|boletín|informé|nouvelles|новост|рассыл|تحديث|أخبار',
  ],
  [
    'website',
    'website|web site|web page|url|homepage|sitio web|página web|site web|site internet|сайт|موقع',
  ],
  ['acronym', 'acronym|abbreviation|siglas|acrónimo|sigle|сокращ|аббревиат|اختصار'],
  ['country', 'country|país|pays|стран|دولة|بلد'],
  ['language', 'language|idioma|langue|язык|لغة'],
  ['organisation_kind', 'kind of org|tipo de org|type of org|type d’org|тип орг|نوع المنظمة'],
  [
    'contact_role',
    'role of contact|contact role|position|job title|cargo|fonction|должност|منصب|صفة',
  ],
  [
    'contact_name',
    'contact|contacto|representative|representante|représentant|контакт|представител|اتصال|ممثل',
  ],
  ['affiliation', 'affiliation|afiliación|место работы|انتماء'],
]

export const organisationWords =
  'organisation|organization|organización|association|asociación|network|ngo|ong|организац|объединени|منظمة|جمعية|مؤسسة'
export const personWords = 'full name|your name|name|nombre|nom|prénom|имя|фио|اسم'
