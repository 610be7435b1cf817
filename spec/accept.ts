import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { FAILURE_CLASSES, generatedFailureClasses } from './failure/generated-failure-classes.js'
import { exportedNames } from './package/exported-names.js'
import { guideWithStatusTable, STATUSES } from './readme/status-table.js'
import { CODES, generatedCodes } from './status/generated-codes.js'
import { FAILURE_STATUSES, generatedFailureStatuses } from './status/generated-failure-statuses.js'

// Accepts a change of the public API: regenerates the status codes, the failure classes by status, the facts about
// failures, the list of exported names and the table of statuses. Commit the diff, so that a reviewer sees it.

const generators: Readonly<Record<string, () => string>> = {
  [CODES]: generatedCodes,
  [FAILURE_CLASSES]: generatedFailureClasses,
  [FAILURE_STATUSES]: generatedFailureStatuses,
  'spec/fixtures/exported-names.json': () => `${JSON.stringify(exportedNames(), null, 2)}\n`,
  [STATUSES]: guideWithStatusTable,
}

const [, script = '', file] = process.argv
const generate = generators[file ?? '']
if (file !== undefined && generate !== undefined) writeFileSync(file, generate())
else {
  // Each in its own process, since it loads the files that were generated before.
  for (const generated of Object.keys(generators)) {
    execFileSync(process.execPath, ['scripts/ts.cjs', script, generated], { stdio: 'inherit' })
  }
}
