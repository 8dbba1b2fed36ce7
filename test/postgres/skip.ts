import { beforeEach, inject } from 'vitest'

// Without a server there is nothing to test on; test/postgres/setup.ts has said so.
beforeEach((test) => {
  if (!inject('postgres')) test.skip()
})
