const UNRELEASED = '## Unreleased'

/** What is written under "Unreleased", without the heading; `undefined` where there is no such section. */
export function unreleasedIn(changelog: string): string | undefined {
  const [, section] = changelog.split(`${UNRELEASED}\n`)
  return section?.split(/^## /m)[0]?.trim()
}

/** The changelog with what is unreleased under a version, and an empty "Unreleased" above it. */
export function releasedChangelog(changelog: string, version: string, date: Date): string {
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## ${version} – ${date.toISOString().slice(0, 10)}`)
}
