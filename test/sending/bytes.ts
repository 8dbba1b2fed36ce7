import type { Test } from 'supertest'

/** The bytes of an answer that is no text. */
export async function bytesOf(asked: Test): Promise<Buffer> {
  const answer = await asked.buffer(true).parse((res, done) => {
    const parts: Buffer[] = []
    res.on('data', (part: Buffer) => parts.push(Buffer.from(part)))
    res.on('end', () => done(null, Buffer.concat(parts)))
  })
  return answer.body as Buffer
}
