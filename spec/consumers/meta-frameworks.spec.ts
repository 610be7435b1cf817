import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as elapsed } from 'node:timers/promises'
import { expect } from 'chai'
import { NotFound } from '../../src/index.js'
import { type Files, Project } from './project.js'

// The recipes of guides/other-frameworks.md for Next.js and SvelteKit, in built applications.

const guide = readFileSync('guides/other-frameworks.md', 'utf8')

/** The code of a recipe, as a route: only the exports of handlers are allowed. */
function recipe(framework: string): string {
  const section = guide.split(/^## /m).find((text) => text.startsWith(framework)) ?? ''
  const code = /^```js\n(.*?)^```$/ms.exec(section)?.[1] ?? ''
  return code.replace('export const withFailures', 'const withFailures')
}

/** Another route with the wrapper of a recipe. */
function route(framework: string, imports: string, handler: string): string {
  return `${imports}\n${recipe(framework).replace(/export const GET.*/s, '')}export const GET = withFailures(${handler})\n`
}

/** A route without the recipe. */
const BARE = `
  import { NotFound } from 'http-failure'
  export const GET = () => {
    throw new NotFound()
  }`

interface Application {
  readonly name: string
  readonly port: number
  readonly dependencies: Readonly<Record<string, string>>
  readonly files: Files
  readonly build: readonly string[]
  readonly start: readonly string[]
  /** The status of `redirect()`. */
  readonly redirect: number
}

const applications: readonly Application[] = [
  {
    name: 'Next.js',
    port: 45671,
    dependencies: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
    files: {
      'app/layout.js': 'export default ({ children }) => <html><body>{children}</body></html>',
      'app/books/[isbn]/route.js': recipe('Next.js'),
      'app/moved/route.js': route('Next.js', "import { redirect } from 'next/navigation'", "async () => redirect('/')"),
      'app/bare/route.js': BARE,
      'app/gone/route.js': route('Next.js', "import { notFound } from 'next/navigation'", 'async () => notFound()'),
    },
    build: ['node_modules/next/dist/bin/next', 'build'],
    start: ['node_modules/next/dist/bin/next', 'start', '-p', '45671'],
    redirect: 307,
  },
  {
    name: 'SvelteKit',
    port: 45672,
    dependencies: {
      '@sveltejs/kit': '2.70.4',
      '@sveltejs/vite-plugin-svelte': '7.3.1',
      svelte: '5.57.3',
      vite: '8.4.0',
    },
    files: {
      'svelte.config.js': 'export default {}',
      'vite.config.js': "import { sveltekit } from '@sveltejs/kit/vite'\nexport default { plugins: [sveltekit()] }",
      'src/app.html': '<!doctype html><html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>',
      'src/routes/books/[isbn]/+server.js': recipe('SvelteKit'),
      'src/routes/moved/+server.js': route(
        'SvelteKit',
        "import { redirect } from '@sveltejs/kit'",
        "() => redirect(302, '/')",
      ),
      'src/routes/bare/+server.js': BARE,
      'src/routes/gone/+server.js': route(
        'SvelteKit',
        "import { error } from '@sveltejs/kit'",
        "() => error(404, 'gone')",
      ),
    },
    build: ['node_modules/vite/bin/vite.js', 'build'],
    start: ['node_modules/vite/bin/vite.js', 'preview', '--port', '45672'],
    redirect: 302,
  },
]

for (const { name, port, dependencies, files, build, start, redirect } of applications) {
  describe(`The recipe for ${name}`, () => {
    let server: ChildProcess

    before(async () => {
      const project = new Project(name.toLowerCase().replace('.', ''), { dependencies, files })
      project.node(...build)
      server = spawn(process.execPath, start, { cwd: project.root, stdio: 'ignore' })
      while (!(await fetch(`http://localhost:${port}/`).catch(() => undefined))) await elapsed(100)
    })

    after(() => server.kill())

    it('sends a failure, and rethrows the redirects and errors of the framework', async () => {
      const get = (path: string) => fetch(`http://localhost:${port}${path}`, { redirect: 'manual' })
      const response = await get('/books/1')
      expect(response.headers.get('content-type')).to.equal('application/problem+json')
      expect(await response.json()).to.deep.equal(new NotFound('There is no book 1.').toJSON())
      expect((await get('/moved')).status).to.equal(redirect)
      // As the guide says.
      expect((await get('/bare')).status).to.equal(500)
      const gone = await get('/gone')
      expect(gone.status).to.equal(404)
      expect(gone.headers.get('content-type')).not.to.equal('application/problem+json')
    })
  })
}
