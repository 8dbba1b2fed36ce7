/** More faces than these cannot be told apart. */
export const mostFaces = 5
export const tooManyFaces = `"faces" is for a scale of at most ${mostFaces} points`
