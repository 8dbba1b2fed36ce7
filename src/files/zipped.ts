import { type AsyncZipOptions, Zip, ZipDeflate } from 'fflate'

/** Zips one file after the other while they are read. Ends when `end` is called. */
export type Zipper = {
  put: (name: string, content: Iterable<string> | AsyncIterable<string | Uint8Array>) => Promise<void>
  end: () => Promise<void>
}

/** Fast rather than small: the server answers families meanwhile. */
const options: Pick<AsyncZipOptions, 'level'> = { level: 3 }
/** Bytes that are packed in one go, some milliseconds' worth. */
const piece = 1 << 16

/**
 * Writes a zip archive a piece at a time, never faster than `write` takes it: memory does not grow with what is zipped.
 * Files of 4 GB and more are beyond the format.
 */
export function zipTo(write: (chunk: Uint8Array) => Promise<void>): Zipper {
  let waiting: Uint8Array[] = []
  let broken: Error | undefined
  const zip = new Zip((fault, chunk) => {
    if (fault) broken = fault
    else waiting.push(chunk)
  })
  async function flush(): Promise<void> {
    if (broken) throw broken
    const chunks = waiting
    waiting = []
    for (const chunk of chunks) await write(chunk)
  }
  return {
    async put(name, content) {
      const file = new ZipDeflate(name, options)
      zip.add(file)
      for await (const part of content) {
        const bytes = typeof part === 'string' ? Buffer.from(part) : part
        for (let at = 0; at < bytes.length; at += piece) {
          file.push(bytes.subarray(at, at + piece))
          await flush()
          // Pages are served in between.
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
      file.push(new Uint8Array(0), true)
      await flush()
    },
    async end() {
      zip.end()
      await flush()
    },
  }
}
