// A server that does nothing but answer: what Node, or Express, can do at most on this machine in this minute.
// node bench/ceilings.ts http|express PAGE: answers PAGE's bytes at / (PAGE.br to who takes brotli), forms at /form.
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'

const [kind = '', file = ''] = process.argv.slice(2)
const plain = readFileSync(file)
const br = existsSync(`${file}.br`) ? readFileSync(`${file}.br`) : plain
const type = 'text/html; charset=utf-8'

function bare(): Server {
  return createServer((req, res) => {
    if (req.method === 'POST') {
      req.resume().on('end', () => {
        res.writeHead(303, { Location: '/', 'Content-Length': 0 })
        res.end()
      })
      return
    }
    const packed = req.headers['accept-encoding']?.includes('br')
    const page = packed ? br : plain
    res.writeHead(200, {
      'Content-Type': type,
      'Content-Length': page.length,
      ...(packed && { 'Content-Encoding': 'br' }),
    })
    res.end(page)
  })
}

function withExpress(): Server {
  const app = express()
  // As Heard has them: without these two, the ceiling would be lower.
  app.disable('x-powered-by')
  app.set('etag', false)
  app.get('/', (req, res) => {
    const packed = req.headers['accept-encoding']?.includes('br')
    if (packed) res.set('Content-Encoding', 'br')
    res.set('Content-Type', type).send(packed ? br : plain)
  })
  app.post('/form', express.urlencoded({ extended: false }), (_req, res) => res.redirect(303, '/'))
  return createServer(app)
}

const server = kind === 'express' ? withExpress() : bare()
server.listen(0, '127.0.0.1', () => {
  console.log(`${kind} is listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.once('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeAllConnections()
})
