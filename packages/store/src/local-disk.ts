import { statfsSync } from 'node:fs'

/**
 * File systems on a block device or in memory, by the numbers of Linux' statfs(2): only one kernel at a time can have them mounted. Not among them: network
 * shares, FUSE, 9p and virtiofs, which other machines see too, and overlayfs, which may lie on one of those.
 */
const LOCAL = new Set([
  0xef53, // ext2, ext3, ext4
  0x5846_5342, // xfs
  0x9123_683e, // btrfs
  0xf2f5_2010, // f2fs
  0x2fc1_2fc1, // zfs
  0x0102_1994, // tmpfs
])

/** Whether it is certain that no other machine can have the folder mounted. */
export const isLocalDisk = (folder: string): boolean => {
  if (process.platform !== 'linux') return false
  // Some kernels give the number with its sign.
  return LOCAL.has(statfsSync(folder).type >>> 0)
}
