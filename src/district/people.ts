import { z } from 'zod'

/** What a signed-in person is. Later roles join this list; nothing else names them. */
export const roles = ['admin', 'office', 'leader'] as const
export type Role = (typeof roles)[number]
export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value)

export type Person = { id: string; email: string; role: Role }

/** The places that a role may enter. Deny by default: what is not listed is refused. */
const doors = {
  admin: ['office', 'reports', 'people'],
  office: ['office', 'reports'],
  leader: ['reports'],
} as const satisfies Record<Role, readonly string[]>
export type Door = (typeof doors)['admin'][number]

export const mayEnter = (role: Role, door: Door): boolean => (doors[role] as readonly string[]).includes(door)

/** The one form in which an e-mail address is kept and compared, or undefined when it is none. */
export function readEmail(typed: string): string | undefined {
  const read = z.email().max(254).safeParse(typed.trim().toLowerCase())
  return read.success ? read.data : undefined
}
