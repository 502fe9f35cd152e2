/** The topic on which changes in an assembly are announced to all web processes. */
export const roomTopic = (assemblyId: string) => `assembly:${assemblyId}`
