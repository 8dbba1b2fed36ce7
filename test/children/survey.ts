const point = (code: string, value: number, en: string, es: string) => ({ code, value, label: { en, es } })
const row = (code: string, en: string, es: string, rest: object = {}) => ({
  code,
  label: { en, es },
  ...rest,
})

/** A survey for grades 3 to 5 with a page of every sort: steps, faces, a scale, a ranking, and one that may not come. */
export const forChildren = {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Your school', es: 'Tu escuela' },
  thanks: { en: 'Good work.', es: 'Buen trabajo.' },
  readers: 'grades-3-5',
  audience: ['student'],
  sections: [
    {
      code: 'days',
      title: { en: 'At school', es: 'En la escuela' },
      intro: { en: 'Read each line.', es: 'Lee cada línea.' },
      questions: [
        {
          code: 'climate',
          kind: 'grid',
          notApplicable: true,
          title: { en: 'How true is this?', es: '¿Qué tan cierto es?' },
          items: [
            row('safe', 'I feel safe.', 'Me siento a salvo.'),
            row('left_out', 'I am left out.', 'Me dejan a un lado.', { reversed: true }),
            row('heard', 'People hear me.', 'Me escuchan.'),
          ],
          scale: [
            point('no', 1, 'No', 'No'),
            point('some', 2, 'Some', 'Algo'),
            { ...point('yes', 3, 'Yes', 'Sí'), favorable: true },
          ],
        },
        {
          code: 'lunch',
          kind: 'grid',
          faces: true,
          title: { en: 'How is this?', es: '¿Qué tal?' },
          items: [row('food', 'The food', 'La comida')],
          scale: [
            point('bad', 1, 'Bad', 'Mal'),
            point('okay', 2, 'OK', 'Más o menos'),
            { ...point('good', 3, 'Good', 'Bien'), favorable: true },
          ],
        },
      ],
    },
    {
      code: 'more',
      title: { en: 'More', es: 'Más' },
      questions: [
        {
          code: 'read',
          kind: 'scale',
          min: 1,
          max: 5,
          favorableFrom: 4,
          title: { en: 'Do you like to read?', es: '¿Te gusta leer?' },
          low: { en: 'Not at all', es: 'Nada' },
          high: { en: 'A lot', es: 'Mucho' },
        },
        {
          code: 'who',
          kind: 'text',
          title: { en: 'Who helps you?', es: '¿Quién te ayuda?' },
          showIf: { question: 'climate', item: 'safe', is: ['yes'] },
        },
        {
          code: 'best',
          kind: 'ranking',
          title: { en: 'What is best?', es: '¿Qué es lo mejor?' },
          options: [
            row('art', 'Art', 'El arte'),
            row('gym', 'Gym', 'El gimnasio'),
            row('math', 'Math', 'Las matemáticas'),
          ],
        },
      ],
    },
  ],
}

/** The same for everyone: all questions of a section on one page. */
export const forEveryone = { ...forChildren, readers: undefined }
