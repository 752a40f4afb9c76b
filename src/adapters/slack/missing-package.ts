import { optionInvalid } from '../../core/errors.ts'

/** For an import that failed: Slack's packages are optional, and whoever uses the channel installs them. */
export function missingPackage(name: string): (cause: unknown) => never {
  return (cause) => {
    const needs = optionInvalid('slackChannel', `needs the package ${name}: npm install ${name}`)
    throw Object.assign(needs, { cause })
  }
}
