import { z } from 'zod'

/** What a signed-in person is. Later roles join this list; nothing else names them. `leader` leads the district. */
export const roles = ['admin', 'office', 'translator', 'coder', 'school-leader', 'leader'] as const
export type Role = (typeof roles)[number]
export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value)

/** What a role is narrowed to: schools by code, languages by tag. Counts for the roles that are narrowed alone. */
export type Scope = { schools: string[]; languages: string[] }
export const noScope: Scope = { schools: [], languages: [] }

/** `safety`: an admin named this person to read what may speak of danger; no role brings that. */
export type Person = { id: string; email: string; role: Role; scope: Scope; safety: boolean }

/** The places that a role may enter. Deny by default: what is not listed is refused. `account` is one's own. */
const doors = {
  admin: ['office', 'reports', 'people', 'translate', 'comments', 'audit', 'account'],
  office: ['office', 'reports', 'translate', 'comments', 'account'],
  translator: ['translate', 'account'],
  coder: ['comments', 'account'],
  'school-leader': ['reports', 'account'],
  leader: ['reports', 'account'],
} as const satisfies Record<Role, readonly string[]>
/** `safety` opens to people who were named for it, whatever their role. */
export type Door = (typeof doors)['admin'][number] | 'safety'

export const doorsOf = (role: Role): readonly Door[] => doors[role]
/** All the doors that are open to a person. */
export const doorsFor = ({ role, safety }: Pick<Person, 'role' | 'safety'>): readonly Door[] =>
  safety ? [...doorsOf(role), 'safety'] : doorsOf(role)
export const mayEnter = (role: Role, door: Door): boolean => doorsOf(role).includes(door)

/** Which part of a scope narrows a role; undefined: the role sees all that is behind its doors. */
export const narrowedBy = (role: Role): keyof Scope | undefined =>
  role === 'school-leader' ? 'schools' : role === 'translator' ? 'languages' : undefined

/** The schools that a person may read about, by code; undefined: every one. A school leader without any sees none. */
export const schoolsOf = ({ role, scope }: Pick<Person, 'role' | 'scope'>): readonly string[] | undefined =>
  narrowedBy(role) === 'schools' ? scope.schools : undefined

/** Whether a person may read what was said at a school. */
export const maySeeSchool = (person: Pick<Person, 'role' | 'scope'>, code: string): boolean =>
  (mayEnter(person.role, 'reports') || mayEnter(person.role, 'comments')) &&
  (schoolsOf(person)?.includes(code) ?? true)

/** Whether a person may translate into a language. A translator without any language may into none. */
export const mayTranslate = (person: Pick<Person, 'role' | 'scope'>, tag: string): boolean =>
  mayEnter(person.role, 'translate') &&
  (narrowedBy(person.role) !== 'languages' || person.scope.languages.includes(tag))

/** The one form in which an e-mail address is kept and compared, or undefined when it is none. */
export function readEmail(typed: string): string | undefined {
  const read = z.email().max(254).safeParse(typed.trim().toLowerCase())
  return read.success ? read.data : undefined
}
