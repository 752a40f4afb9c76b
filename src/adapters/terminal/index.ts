export { type TerminalChannelOptions, terminalChannel } from './channel.ts'
