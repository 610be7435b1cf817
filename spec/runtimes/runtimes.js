import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { run } from './command.js'

// The runtimes. `packages`: candidates, of which the first one that can be installed is used. `command`: the command of
// the package, or the path of an existing one. `run`: runs the checks in a project, against a server.

export const runtimes = [
  ...['20.19.0', '20.20.2', '22.23.3', '24.21.0', '26.10.0'].map((version) => ({
    name: 'Node',
    packages: [`node@${version}`],
    command: 'node',
    run: asProcess(),
  })),
  { name: 'Bun', packages: ['bun@1.4.5', 'bun@1.3.0', 'bun@1.2.0'], command: 'bun', run: asProcess() },
  {
    name: 'Deno',
    packages: ['deno@2.9.6', 'deno@2.5.0', 'deno@2.2.0'],
    command: 'deno',
    run: asProcess('run', '--no-prompt', '--allow-net', '--allow-env', '--allow-read'),
  },
  {
    name: 'workerd',
    packages: ['workerd@1.20261117.1', 'workerd@1.20260730.1', 'workerd@1.20250408.0'],
    command: 'workerd',
    run: inWorkerd,
  },
  { name: 'Chromium', packages: [], command: process.env.CHROMIUM ?? '/usr/bin/chromium', run: inChromium },
]

function asProcess(...flags) {
  return async (command, project, server) => ({
    version: /\d+\.\d+\.\d+/.exec(await run(command, ['--version'], project))[0],
    lines: await printed(command, [...flags, 'process.mjs', server.url], project),
  })
}

/** Runs a bundle, as Cloudflare does. */
async function inWorkerd(command, project, server) {
  await bundled(project, 'worker.mjs', ['workerd', 'worker', 'browser', 'import'])
  await writeFile(join(project, 'workerd.capnp'), configOf(server.url))
  return {
    version: /\d+-\d+-\d+/.exec(await run(command, ['--version'], project))[0],
    lines: await printed(command, ['test', 'workerd.capnp'], project),
  }
}

function configOf(url) {
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "checks", worker = .checks),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
);

const checks :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "bundle.js")],
  compatibilityDate = "2025-01-01",
  bindings = [(name = "SERVER", text = "${url}")],
);
`
}

async function inChromium(executablePath, project, server) {
  server.files['/checks.js'] = {
    type: 'text/javascript',
    text: await bundled(project, 'page.mjs', ['browser', 'import']),
  }
  server.files['/'] = { type: 'text/html', text: '<!doctype html><script type="module" src="/checks.js"></script>' }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    await page.goto(server.url, { waitUntil: 'load' })
    return { version: browser.version(), lines: await page.evaluate('globalThis.checked') }
  } finally {
    await browser.close()
  }
}

/** Bundles an entry, writes it to `bundle.js` and returns its code. It fails if the code needs modules of Node. */
async function bundled(project, entry, conditions) {
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'], // negotiator is CommonJS
    conditions,
    write: false,
  })
  await writeFile(join(project, 'bundle.js'), outputFiles[0].text)
  return outputFiles[0].text
}

/** The output of a command, even if checks have failed. */
async function printed(command, args, cwd) {
  try {
    return await run(command, args, cwd)
  } catch (error) {
    if (/^not ok/m.test(error.stdout)) return error.stdout
    throw error
  }
}
