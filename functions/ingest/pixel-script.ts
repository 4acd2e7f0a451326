/** The script for pages. The build puts it here: `build/pixel-script.ts`. */
export const pixelScript: string = '';
