import { writeFileSync } from 'node:fs'
import { FAILURE_CLASSES, generatedFailureClasses } from './failure/generated-failure-classes.js'
import { exportedNames } from './package/exported-names.js'
import { guideWithStatusTable, STATUSES } from './readme/status-table.js'
import { CODES, generatedCodes } from './status/generated-codes.js'
import { FAILURE_STATUSES, generatedFailureStatuses } from './status/generated-failure-statuses.js'

// Accepts a change of the public API: regenerates the status codes, the failure classes by status, the facts about
// failures, the list of exported names and the table of statuses. Commit the diff, so that a reviewer sees it.

writeFileSync(CODES, generatedCodes())
writeFileSync(FAILURE_CLASSES, generatedFailureClasses())
writeFileSync(FAILURE_STATUSES, generatedFailureStatuses())
writeFileSync('spec/fixtures/exported-names.json', `${JSON.stringify(exportedNames(), null, 2)}\n`)
writeFileSync(STATUSES, guideWithStatusTable())
