/**
 * Slack's published limits, from the Block Kit reference and the method pages of docs.slack.dev.
 * All lengths are in characters.
 */
export const LIMITS = {
  blocksPerMessage: 50,
  blocksPerModal: 100,
  blockId: 255,
  actionId: 255,
  text: 3000,
  fieldText: 2000,
  fields: 10,
  headerText: 150,
  contextElements: 10,
  actionElements: 25,
  altText: 2000,
  imageTitle: 2000,
  imageUrl: 3000,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  accessibilityLabel: 75,
  placeholder: 150,
  optionText: 75,
  optionValue: 75,
  options: 100,
  optionGroups: 100,
  overflowOptions: 5,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  inputLabel: 2000,
  inputValue: 3000,
  modalLabel: 24,
  privateMetadata: 3000,
  callbackId: 255,
  externalId: 255,
  viewBytes: 250_000,
  updateText: 4000,
  postText: 40_000,
  altTxt: 1000,
  /**
   * Undocumented (bolt-js#2509, #2867: about 13,200, containers included). Measured here as the
   * length of the blocks' JSON, which errs on the strict side.
   */
  blocksJson: 13_200,
  /** The size behind `metadata_too_large` is undocumented; this is on the strict side. */
  metadataJson: 8000,
} as const
