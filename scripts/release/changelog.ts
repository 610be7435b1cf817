const UNRELEASED = '## Unreleased'

/** The content of the "Unreleased" section without its heading, or `undefined` without such a section. */
export function unreleasedIn(changelog: string): string | undefined {
  const [, section] = changelog.split(`${UNRELEASED}\n`)
  return section?.split(/^## /m)[0]?.trim()
}

/** Moves the unreleased changes to a section for the version, below an empty "Unreleased" section. */
export function releasedChangelog(changelog: string, version: string, date: Date): string {
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## ${version} – ${date.toISOString().slice(0, 10)}`)
}
