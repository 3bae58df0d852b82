/**
 * The part of WebAssembly this package uses. TypeScript has it only among the types of browsers, whose globals (`window`, `document`) would then
 * pass the type check everywhere in here.
 */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Memory {
    constructor(size: { readonly initial: number; readonly maximum?: number })
  }
  function compile(bytes: Uint8Array): Promise<Module>
}
