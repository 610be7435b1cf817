/** `reflect-metadata`, as far as it is used here. */
export interface MetadataReflection {
  getOwnMetadataKeys(target: object): unknown[]
  getOwnMetadata(key: unknown, target: object): unknown
  getMetadata(key: unknown, target: object, property?: string | symbol): unknown
  defineMetadata(key: unknown, value: unknown, target: object, property?: string | symbol): void
}

/** `undefined` if `reflect-metadata` is not loaded. Read on each use, since it may be loaded at any time. */
export function metadataReflection(): MetadataReflection | undefined {
  return 'getOwnMetadataKeys' in Reflect ? (Reflect as unknown as MetadataReflection) : undefined
}

/** Copies all metadata of one function to another. */
export function copyMetadata(from: Function, to: Function): void {
  const reflection = metadataReflection()
  for (const key of reflection?.getOwnMetadataKeys(from) ?? []) {
    reflection?.defineMetadata(key, reflection.getOwnMetadata(key, from), to)
  }
}
