import type { Generated } from 'kysely'
import type { Act } from '../district/acts.ts'
import type { Role } from '../district/people.ts'

/**
 * The tables as the migrations make them, for Kysely. JSON is text, yes and no are 1 and 0, times are epoch
 * milliseconds, on every engine alike.
 */
export type Database = {
  survey: {
    id: Generated<number>
    slug: string
    state: Generated<'draft' | 'open' | 'closed'>
    opens_at: number | null
    closes_at: number | null
    version: number
    minimum_group: number
    sample: 0 | 1
    fielding: Generated<string>
  }
  version: { survey: number; number: number; questionnaire: string; published: number }
  question: { id: Generated<number>; survey: number; code: string }
  definition: { slug: string; revision: number; questionnaire: string; changed_by: string; changed: number }
  translation: {
    place: string
    key: string
    tag: string
    words: string
    source: string
    state: 'machine' | 'translated' | 'reviewed'
    made_by: string
    made: number
    reviewed_by: string | null
    reviewed: number | null
  }
  translation_note: {
    id: Generated<number>
    place: string
    key: string
    tag: string
    words: string
    said_by: string
    said: number
  }
  interface_language: {
    tag: string
    name: string
    shown: Generated<0 | 1>
    added_by: string
    added: number
  }
  response: {
    id: Generated<number>
    survey: number
    version: number
    language: string
    channel: 'web' | 'paper' | 'kiosk' | 'import'
    hour: number
    grp: string
    school: string
    /** Who of the office typed it from paper, and who typed it again. */
    entered_by: string | null
    checked_by: string | null
  }
  answer: { question: number; response: number; value: string }
  comment: {
    id: Generated<number>
    response: number
    question: number
    about: string | null
    words: string
    language: string
    grp: string
    school: string
    screened: Generated<0 | 1>
  }
  tally: { survey: number; question: string; cell: string; grp: string; school: string; n: number }
  turnout: {
    survey: number
    dimension: 'language' | 'channel' | 'hour'
    code: string
    grp: string
    school: string
    n: number
  }
  progress: {
    survey: number
    version: number
    day: string
    what: 'reached' | 'passed' | 'took'
    place: string
    n: number
  }
  enrolment: { as_of: string; source: string; added: number; content: string }
  series: { id: Generated<number>; name: string; made: number }
  wave: { survey: number; series: number; day: string; label: string }
  same_question: {
    series: number
    before: number
    after: number
    asked_before: string
    asked_after: string
    reason: string
    said_by: string
    said: number
  }
  import_mapping: { fingerprint: string; content: string; saved: number }
  import_file: { person: string; name: string; content: string; kept: number }
  import_run: { survey: number; fingerprint: string; kept: number }
  crossing: {
    survey: number
    question: string
    cell: string
    grp: string
    grade: string
    spoken: string
    n: number
  }
  crossing_mark: { survey: number; up_to: number; turn: number }
  comment_tally: { question: number; about: string; grp: string; school: string; n: number }
  draft: {
    token_hash: string
    survey: number
    version: number
    language: string
    channel: 'web' | 'paper' | 'kiosk' | 'import'
    answers: string
    passed: string
    typed: string
    touched: number
  }
  access_code: {
    code_hash: string
    survey: number
    state: Generated<'unused' | 'used' | 'out' | 'void'>
    school: string
    grp: string
    sheet: number
  }
  contact: {
    id: Generated<number>
    survey: number
    email: string
    address_hash: string
    language: string
    school: string
    grp: string
    code_hash: string | null
  }
  contact_list: { survey: number; keeps_codes: 0 | 1 }
  contact_file: { survey: number; name: string; content: string }
  mailing: {
    id: Generated<number>
    survey: number
    kind: 'invitation' | 'reminder'
    send_at: number
    state: Generated<'waiting' | 'sending' | 'done' | 'stopped'>
    trouble: Generated<string>
    retry_at: Generated<number>
    sent: Generated<number>
    refused: Generated<number>
    unsure: Generated<number>
    stopped: Generated<number>
    answered: Generated<number>
  }
  letter: {
    mailing: number
    contact: number
    state: Generated<'waiting' | 'taken' | 'sent' | 'refused' | 'unsure' | 'stopped' | 'answered'>
    tries: Generated<number>
    next_at: Generated<number>
    reason: Generated<string>
    code_hash: string | null
  }
  stopped_address: { address_hash: string }
  resume_code: { code_hash: string; survey: number; sealed: string; touched: number }
  refusal: { survey: number; n: number }
  spent: { token_hash: string; survey: number }
  paper_sheet: {
    survey: number
    sheet: number
    form_hash: string
    typed_by: string
    version: number
    language: string
    answers: string
  }
  person: { id: string; email: string; role: Role; password_hash: string | null; scope: Generated<string> }
  audit: {
    id: Generated<number>
    at: number
    person: string | null
    who: string
    did: Act
    about: string
    detail: string
  }
  session: { id_hash: string; data: string; person: string | null; expires: number }
  setting: { key: string; value: string }
  codebook: { id: string; version: number; content: string; changed_by: string; changed: number }
  coding: {
    id: Generated<number>
    survey: number
    comment: number
    theme: string
    made_in: number
    now: string | null
    open: Generated<0 | 1>
    settled: Generated<0 | 1>
    source: 'person' | 'settled' | 'words' | 'model'
    who: string
    verdict: 0 | 1
    confidence: number | null
    at: number
  }
  reading: {
    survey: number
    comment: number
    person: string
    version: number
    how: 'desk' | 'bulk' | 'sample'
    earlier: string | null
    at: number
  }
  second_sample: { survey: number; comment: number }
  gloss: { survey: number; comment: number; tag: string; words: string; written_by: string; at: number }
  theme_model: {
    survey: number
    number: number
    codebook_version: number
    content: string
    metrics: string
    examples: number
    took: number
    up_to: number
    at: number
  }
  acceptance: {
    id: Generated<number>
    survey: number
    theme: string
    model: number
    confidence: number
    precision: number | null
    recall: number | null
    positives: number
    accepted_by: string
    accepted: number
    withdrawn_by: string | null
    withdrawn: number | null
  }
  quote: {
    id: Generated<number>
    survey: number
    comment: number
    theme: string | null
    words: string
    language: string
    edits: string
    translations: string
    grp: string
    state: 'proposed' | 'approved' | 'withdrawn'
    proposed_by: string
    proposed: number
    approved_by: string | null
    approved: number | null
  }
  commitment: {
    id: number
    revision: number
    survey: number
    kind: 'group' | 'theme'
    code: string
    content: string
    gone: 0 | 1
    changed_by: string
    changed: number
  }
  heard_page: {
    survey: number
    number: number
    content: string
    responses: number
    shown_by: string
    shown: number
    hidden_by: string | null
    hidden: number | null
  }
  flag: {
    id: Generated<number>
    survey: number
    comment: number
    kind: string
    level: 'urgent' | 'second'
    state: 'new' | 'seen' | 'acted' | 'closed'
    log: string
    at: number
  }
  safety_reader: { person: string }
  conversation: {
    id: number
    revision: number
    content: string
    gone: Generated<0 | 1>
    changed_by: string
    changed: number
  }
  note: {
    id: Generated<number>
    conversation: number
    kind: 'note' | 'question'
    words: string
    language: string
    state: 'waiting' | 'shown' | 'hidden'
    shown: string | null
    same_as: number | null
    hour: number
    screened: Generated<0 | 1>
  }
  plan: { id: string; content: string }
  limited: { key: string; n: number; until: number }
  ended: { survey: number; at: number }
  withdrawal: { code_hash: string; survey: number; response: number }
}
