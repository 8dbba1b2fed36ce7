import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core'

/**
 * A real Chromium: the one that npm brings (Linux), or else the one of this machine. npm's is the same everywhere, and
 * has no window that it would paint: a page costs it a fifth. HEARD_TEST_CHROMIUM takes another, by its path, or that
 * of this machine: `installed`.
 */
export const launch = async (): Promise<Browser> => chromium.launch(await program())

/** The same, on a profile in `folder` that outlives it. */
export const launchOn = async (folder: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, await program())

async function program(): Promise<LaunchOptions> {
  const asked = process.env.HEARD_TEST_CHROMIUM
  const brought = process.platform === 'linux' && process.arch === 'x64'
  const found = asked && asked !== 'installed' ? asked : asked || !brought ? installed() : undefined
  // A sandbox needs rights that containers do not give. The pages are our own.
  const args = ['--no-sandbox']
  if (found) return { executablePath: found, args }
  if (!brought || asked)
    throw new Error('the tests need a browser: install Chrome, or set HEARD_TEST_CHROMIUM to the path of one')
  const home = await unpacked()
  // A bare machine has neither the libraries that Chromium is linked with nor any font; the package has both.
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH]
      .filter(Boolean)
      .join(delimiter),
    ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }),
  }
  return { executablePath: join(home, 'chromium'), args, env }
}

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

function installed(): string | undefined {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((dir) => names.map((name) => join(dir, name)))
  return [...onPath, ...places].find((path) => existsSync(path))
}

/**
 * Where the Chromium of @sparticuz/chromium lies, unpacked. The package unpacks into the temporary folder and takes a
 * half-written file for a whole one; two test files that start together would trip over it. So it unpacks into a
 * folder of its own, which then gets its name in one step.
 */
async function unpacked(): Promise<string> {
  const modules = fileURLToPath(new URL('../node_modules/', import.meta.url))
  const { version } = JSON.parse(await readFile(join(modules, '@sparticuz/chromium/package.json'), 'utf8'))
  const cache = join(modules, '.cache')
  const home = join(cache, `chromium-${version}`)
  if (existsSync(home)) return home
  await mkdir(cache, { recursive: true })
  const own = await mkdtemp(join(cache, 'unpacking-'))
  const { default: packed } = await import('@sparticuz/chromium')
  // It brings the libraries only when it believes that it runs on that service.
  await withEnv({ TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }, async () => {
    if (tmpdir() !== own) throw new Error('the temporary folder cannot be chosen here')
    await packed.executablePath()
  })
  // Its own list of fonts names folders of that service.
  await writeFile(
    join(own, 'fonts', 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig><dir>${join(home, 'fonts')}</dir><cachedir>${join(home, 'font-cache')}</cachedir></fontconfig>\n`,
  )
  await rename(own, home).catch(async (fault: NodeJS.ErrnoException) => {
    await rm(own, { recursive: true })
    if (!existsSync(home)) throw fault
  })
  return home
}

async function withEnv(values: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const before = { ...process.env }
  Object.assign(process.env, values)
  try {
    await work()
  } finally {
    for (const name of Object.keys(values)) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}
