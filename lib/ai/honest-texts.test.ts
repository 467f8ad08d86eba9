import { describe, expect, it } from "vitest";
import { checkChapter } from "@/lib/ai/chapter-checks";
import type { StoryIdea, StoryWarning } from "@/lib/contract/story-input";
import { outlineFor, storyIdeaOf } from "@/lib/testing/stories";

/** Honest texts: whatever they do, they do what their story asks for. */
const HONEST: Record<string, [text: string, idea: Partial<StoryIdea>]> = {
  "English, past, speech in two kinds of marks": [
    `The harbour was quiet when Marta came down the steps. She had not slept. Her brother stood by the boat with his hands in his pockets, looking at the water as if it owed him something.

"You're late," he said.

"I know I am. I'm sorry. I had to lock up, and then I couldn't find my gloves."

He nodded. The rain was coming in from the west, and the lights of the town went out one after the other. She thought of their mother, who had always said that a storm is a letter from God. It was a stupid thing to say; a storm is water and wind. Still, she looked at the sky.

‘We go now,’ he said, ‘or we do not go at all.’ He held out his hand and she took it, and they climbed down into the boat together. The engine coughed, died, coughed again and caught. Behind them the bell of Saint Anne's began to ring, though nobody was left in the village to pull the rope.

Marta counted the strokes. Seven, eight, nine. Then nothing. Her brother did not turn around. She wanted to ask him whether he had heard it too, but his face was closed like a shop on Sunday.`,
    { language: "English" },
  ],
  "a first person who tells of others": [
    `I was nine when my father taught me to read the river. He never used a map. He said that maps were for people who had never been lost, and that I should get lost as soon as I could. We walked along the bank until the light failed, and he showed me where the pike lay under the alders and where the current turned back on itself.

My mother hated the river. She had lost a cousin to it, a boy called Tom whose photograph stood on the piano. She would not come with us. When we got home she looked at our boots and said nothing, which was worse than anything she could have said. He washed them himself, outside, in the cold. He was a tall man and he bent down to do it like a crane. She watched him through the window. They did not speak of it. They never spoke of it. He dried his hands and she put his plate before him. He ate. She sat with her hands in her lap. He thanked her. She took the plate away and she washed it, and he went up to bed, and she stayed down there by herself, as she did every night of their life together.

I sat on the stairs and listened to them not talking.`,
    { point_of_view: "first person", language: "English" },
  ],
  "English, present": [
    `Joan sits at the window and waits for the post. It is a Tuesday; nothing ever comes on a Tuesday. She knows this and waits all the same, because waiting is what she does instead of thinking. The tea goes cold beside her. Across the road Mr Pell is cutting his hedge with a pair of kitchen scissors. He cuts a leaf, steps back, looks, cuts another. He was a surgeon once. He had steady hands and a house with a tower, and he was known for both. Then came the business with the boy, and he was known for that. She has never asked him about it. He has never offered. They say good morning, they say good evening, and they talk about the hedge. The postman turns the corner. Joan stands up and her knees crack like kindling. She sees that he has something white in his hand, and her heart does what it always does: it leaps, it stumbles, it falls. He walks past her gate.`,
    { tense: "present", language: "English" },
  ],
  "a second person": [
    `You wake before the alarm. You always do. The room is grey and your breath stands in it like smoke. You think of the letter and you do not get up. Your hand finds the glass, your mouth finds the water, and you tell yourself that today you will call him. You have told yourself so for eleven days. You dress in the dark. You go down. Your mother is at the table with her back to you, and she does not turn round. She asks you whether you slept. You say that you did. She knows that you lie; she has known it since you were four. You sit. You eat what she puts before you. Outside, the dog barks at nothing, at the snow, at the first car of the morning.`,
    { point_of_view: "second person", tense: "present", language: "English" },
  ],
  "past, with truths in the present": [
    `Nobody in Harrow Street liked Mr Crane. A man who keeps his curtains closed has something to hide; everyone knows that. Love is blind, people say, but gossip has eyes everywhere. It is a fact that a street like this one needs somebody to dislike. It keeps the rest of them together. The milkman left two bottles at his door on Mondays and took one away full on Thursdays, and this was known and talked about. He was thin. He had a limp. He wore the same brown coat in summer and winter, and when children ran past him he stood still and waited until they had gone, as one waits for a train. Mrs Dole, who had buried three husbands and was looking for a fourth, said that he was a foreigner. She had no reason to say so, but she said it often.`,
    { language: "English" },
  ],
  "past, with a letter in it": [
    `She unfolded the letter and read.

Dear Ada, I am well. I have a room with a stove and I have bread. I think of you and of our mother. I know that I should have written before; I was ashamed, and I am ashamed now. I work at the harbour. I carry what I am told to carry. My hands are not my own. I tell myself that I shall come home in spring, and I tell myself that you will not have me. If you do not answer I will know. If you answer I will come, though I have to walk. I keep your picture in my coat. I am, whatever else I am, your brother.

She folded it again and put it under the clock. Then she took it out and read it once more. Her tea had gone cold. She heard the gulls over the roof and she heard her own heart, and she could not have said which of the two was louder. At last she stood up and looked for a pen.`,
    { language: "English" },
  ],
  "German, speech in turned marks": [
    `Der Hafen war still, als Marta die Stufen herunterkam. Sie hatte nicht geschlafen. Ihr Bruder stand beim Boot, die Hände in den Taschen, und sah auf das Wasser, als schulde es ihm etwas.

»Du bist spät«, sagte er.

»Ich weiß. Es tut mir leid. Ich musste noch abschließen, und dann konnte ich meine Handschuhe nicht finden. Ich habe überall gesucht, ich habe sogar meine Mutter gefragt.«

Er nickte. Von Westen kam der Regen, und die Lichter der Stadt gingen eines nach dem anderen aus. Sie dachte an die Mutter, die immer gesagt hatte, ein Sturm sei ein Brief von Gott. Es war ein dummer Satz. Trotzdem sah sie zum Himmel auf. Er hielt ihr die Hand hin, und sie nahm sie, und sie stiegen zusammen in das Boot. Der Motor hustete, starb, hustete wieder. Hinter ihnen begann die Glocke zu läuten, obwohl niemand mehr im Dorf war, der am Seil hätte ziehen können.

»Hörst du das?«, fragte sie. »Ich höre nichts«, sagte er. »Ich will nichts hören, und ich habe nie etwas gehört, und wenn du mich fragst, dann frage mich nicht.«

Sie zählte die Schläge. Sieben, acht, neun. Dann nichts mehr.`,
    { language: "German" },
  ],
  "French, speech behind dashes": [
    `Le port était calme quand Marta descendit les marches. Elle n'avait pas dormi. Son frère se tenait près du bateau, les mains dans les poches, et regardait l'eau comme si elle lui devait quelque chose.

— Tu es en retard, dit-il. Je t'attends depuis une heure et j'ai froid.

— Je sais, je suis désolée. J'ai dû fermer la maison, et puis je ne trouvais plus mes gants. J'ai cherché partout.

Il hocha la tête. La pluie arrivait de l'ouest et les lumières de la ville s'éteignaient l'une après l'autre. Elle pensa à leur mère, qui disait toujours qu'une tempête est une lettre de Dieu. C'était une phrase stupide. Elle leva pourtant les yeux vers le ciel. Il lui tendit la main, elle la prit, et ils descendirent ensemble dans le bateau. Le moteur toussa, mourut, toussa encore. Derrière eux, la cloche de Saint-Malo se mit à sonner, bien qu'il n'y eût plus personne au village pour tirer la corde. Marta compta les coups.`,
    { language: "French" },
  ],
  "French, first person": [
    `J'avais neuf ans quand mon père m'apprit à lire la rivière. Il ne se servait jamais d'une carte. Il disait que les cartes sont faites pour ceux qui ne se sont jamais perdus. Nous marchions le long de la rive jusqu'à la nuit, et il me montrait où dorment les brochets. Ma mère détestait la rivière. Elle y avait perdu un cousin. Quand nous rentrions, elle regardait nos bottes et ne disait rien. Il les lavait lui-même, dehors, dans le froid. Elle le regardait par la fenêtre. Ils n'en parlaient pas. Je m'asseyais dans l'escalier et je les écoutais se taire.`,
    { language: "French", point_of_view: "first person" },
  ],
  "Spanish, speech behind dashes": [
    `El puerto estaba en calma cuando Marta bajó los escalones. No había dormido. Su hermano estaba junto a la barca, con las manos en los bolsillos, y miraba el agua como si le debiera algo.

—Llegas tarde —dijo—. Es la última vez que te espero, y lo sabes. Hay cosas que no se hacen. Quiero irme, y está claro que tú tienes miedo.

—Lo sé. Tengo frío, es todo. No puede ser que me digas eso, dice mamá que siempre es así.

Él asintió. La lluvia venía del oeste y las luces del pueblo se apagaban una tras otra. Ella pensó en su madre, que decía siempre que una tormenta es una carta de Dios. Era una frase tonta. Aun así miró al cielo. Él le tendió la mano, ella la tomó y bajaron juntos a la barca. El motor tosió, murió y volvió a toser.`,
    { language: "Spanish" },
  ],
  Italian: [
    `Il porto era tranquillo quando Marta scese i gradini. Non aveva dormito. Suo fratello stava vicino alla barca, con le mani in tasca, e guardava l'acqua come se gli dovesse qualcosa. «Sei in ritardo» disse. «Lo so, mi dispiace. Ho dovuto chiudere la casa.» Lui annuì. La pioggia veniva da ovest e le luci del paese si spegnevano una dopo l'altra. Lei pensò alla madre, che diceva sempre che una tempesta è una lettera di Dio. Era una frase stupida. Eppure guardò il cielo. Lui le tese la mano, lei la prese, e scesero insieme nella barca.`,
    { language: "Italian" },
  ],
  "Russian, with inflected names": [
    `В гавани было тихо, когда Марта спустилась по ступеням. Она не спала. Брат стоял у лодки, засунув руки в карманы, и смотрел на воду так, будто она была ему должна. — Ты опоздала, — сказал он. — Знаю. Прости меня, я искала перчатки. Он кивнул. С запада шёл дождь, и огни города гасли один за другим. Она подумала о матери, которая всегда говорила, что буря — это письмо от Бога. Глупая фраза. И всё же Марта посмотрела на небо. Он протянул ей руку, и они вместе сошли в лодку. Брат Марты молчал. Она видела, как он смотрит на Марту и на дом.`,
    { language: "Russian" },
  ],
  Japanese: [
    `マルタが階段を下りてきたとき、港は静かだった。彼女は眠っていなかった。兄は両手をポケットに入れて船のそばに立ち、水が自分に何か借りているかのように見つめていた。「遅いよ」と彼は言った。「わかってる。手袋が見つからなかったの」彼はうなずいた。西から雨が来て、町の明かりが一つまた一つと消えていった。`,
    { language: "Japanese" },
  ],
  Dutch: [
    `De haven was stil toen Marta de treden afkwam. Ze had niet geslapen. Haar broer stond bij de boot met zijn handen in zijn zakken en keek naar het water alsof het hem iets schuldig was. "Je bent laat," zei hij. "Ik weet het. Ik kon mijn handschoenen niet vinden." Hij knikte. De regen kwam uit het westen en de lichten van de stad gingen een voor een uit. Ze dacht aan hun moeder, die altijd zei dat een storm een brief van God is. Het was een domme zin. Toch keek ze naar de hemel. Hij stak zijn hand uit en ze nam die, en ze stapten samen in de boot.`,
    { language: "Dutch" },
  ],
  "Polish, with inflected names": [
    `Port był cichy, kiedy Marta zeszła po schodach. Nie spała. Jej brat stał przy łodzi z rękami w kieszeniach i patrzył na wodę, jakby była mu coś winna. — Spóźniłaś się — powiedział. — Wiem. Nie mogłam znaleźć rękawiczek. Skinął głową. Deszcz nadchodził z zachodu, a światła miasta gasły jedno po drugim. Pomyślała o matce, która zawsze mówiła, że burza to list od Boga. To było głupie zdanie. A jednak spojrzała w niebo. Podał jej rękę i razem weszli do łodzi. Brat Marty milczał, a ona patrzyła na Martę w lustrze wody.`,
    { language: "Polish" },
  ],
  Portuguese: [
    `O porto estava calmo quando Marta desceu os degraus. Não tinha dormido. O irmão estava junto ao barco, com as mãos nos bolsos, e olhava para a água como se ela lhe devesse alguma coisa. — Chegas tarde — disse ele. — Eu sei. Não encontrava as luvas. Ele acenou. A chuva vinha do oeste e as luzes da vila apagavam-se uma a uma. Ela pensou na mãe, que dizia sempre que uma tempestade é uma carta de Deus. Era uma frase tola. Mesmo assim olhou para o céu. Ele estendeu-lhe a mão e ela tomou-a, e desceram juntos para o barco.`,
    { language: "Portuguese" },
  ],
  "Turkish, with suffixes behind names": [
    `Marta basamaklardan indiğinde liman sessizdi. Uyumamıştı. Kardeşi elleri cebinde teknenin yanında duruyor, suya sanki ona bir borcu varmış gibi bakıyordu. "Geç kaldın," dedi. "Biliyorum. Eldivenlerimi bulamadım." Başını salladı. Yağmur batıdan geliyordu ve kasabanın ışıkları bir bir sönüyordu. Marta'nın annesi, fırtınanın Tanrı'dan bir mektup olduğunu söylerdi hep. Aptalca bir cümleydi. Yine de gökyüzüne baktı. Kardeşi elini uzattı, Marta'ya gülümsedi ve birlikte tekneye bindiler.`,
    { language: "Turkish" },
  ],
  "Swedish, with one mark on both sides": [
    `Hamnen var stilla när Marta kom nedför trappan. Hon hade inte sovit. Hennes bror stod vid båten med händerna i fickorna och såg på vattnet som om det var skyldigt honom något. ”Du är sen”, sa han. ”Jag vet. Jag hittade inte mina vantar.” Han nickade. Regnet kom från väster och stadens ljus slocknade ett efter ett. Hon tänkte på deras mor, som alltid sa att en storm är ett brev från Gud. Det var en dum mening. Ändå såg hon mot himlen. Han räckte henne handen och hon tog den, och de steg tillsammans ner i båten.`,
    { language: "Swedish" },
  ],
};
/** Plain cases: each has one thing to look at. */
const PLAIN: Record<string, [text: string, idea: Partial<StoryIdea>, kind: StoryWarning["kind"]]> = {
  "French in the present": [
    `Le port est calme quand Marta descend les marches. Elle n'a pas dormi. Son frère est près du bateau, il regarde l'eau. Il fait froid. Elle pense à leur mère, qui dit toujours qu'une tempête est une lettre de Dieu. Elle lève les yeux. Il lui tend la main, elle la prend, et ils descendent ensemble. Le moteur tousse. Elle compte les coups et il se tait. Il veut partir, elle sait qu'il a peur. Elle va vers lui et lui demande son nom. Il ne répond pas.`,
    { language: "French", tense: "past" },
    "tense",
  ],
  "Italian in the present": [
    `Il porto è tranquillo quando Marta scende i gradini. Non ha dormito. Suo fratello è vicino alla barca e guarda l'acqua. Fa freddo. Lei pensa alla madre, che dice sempre che una tempesta è una lettera di Dio. Guarda il cielo. Lui le tende la mano, lei la prende. Il motore tossisce. Lei sa che lui ha paura, e non vuole dirlo. Va verso di lui e gli chiede se è vero. Lui non risponde e sta fermo.`,
    { language: "Italian", tense: "past" },
    "tense",
  ],
  "English that turns to a first person": [
    `Marta walked down to the harbour. She had not slept and her eyes hurt. The boat was ready and he was waiting. `.repeat(
      3,
    ) +
      `I took the rope. My hands were cold, and I looked at my brother. I knew that he was afraid. I asked him whether we should go, and he gave me no answer, so I sat down beside him and waited for my courage.`,
    { language: "English" },
    "point_of_view",
  ],
  "Spanish in the first person": [
    `Yo bajé al puerto. Mi hermano me esperaba. Yo no había dormido y me dolían los ojos. Yo sabía que él tenía miedo. Le pregunté si quería ir conmigo. Me miró y no me dijo nada. Nos sentamos. Nuestra madre nos había dicho que no fuéramos. Yo tomé su mano y él tomó la mía.`,
    { language: "Spanish" },
    "point_of_view",
  ],
  "a name that nobody knows": [
    `Marta walked down. Konrad stood at the boat. Konrad said nothing. She looked at him. "Konrad," she said. He turned round and Konrad's face was white. She thought that Konrad was ill.`,
    { language: "English" },
    "unknown_names",
  ],
};

const PREMISE =
  "Marta and her brother leave the village. Joan waits. Ada reads. Tom drowned. Mr Pell, Mr Crane, Mrs Dole.";
/** The places of these stories, and the forms that their alphabets give the names. */
const KNOWN = "Harrow Street, Saint Anne's, Saint-Malo. Марта. Port.";

function warningsOf(text: string, idea: Partial<StoryIdea>): StoryWarning[] {
  const whole = storyIdeaOf({ premise: PREMISE, ...idea });
  return checkChapter({
    idea: whole,
    bible: null,
    outline: outlineFor(2),
    chapterNumber: 2,
    text,
    earlier: [KNOWN],
  });
}

describe("the checks of a chapter", () => {
  it.each(Object.entries(HONEST))("have nothing to say of %s", (_name, [text, idea]) => {
    expect(warningsOf(text, idea)).toEqual([]);
  });

  it.each(Object.entries(PLAIN))("find %s", (_name, [text, idea, kind]) => {
    expect(warningsOf(text, idea).map((warning) => warning.kind)).toContain(kind);
  });

  it("have nothing to say where a first person begins with others", () => {
    const others =
      "The man at the gate had no coat. He stamped his feet and he blew into his hands, and she watched him from her window and thought of her soup. He did not look up. He never did. She drew her curtain and sat down, and then she stood up again and she took him his bread, as she had done every morning since he came, and he thanked her and ate it where he stood. They said that he was her brother. They said that he was her husband. They said what they liked. ";
    const mine =
      "I saw them both, and I knew my place. We lived across the road, my aunt and I, and nobody asked me. ";
    const idea = { language: "English", point_of_view: "first person" } as const;
    expect(warningsOf(others + mine.repeat(8), idea)).toEqual([]);
    expect(warningsOf(mine.repeat(8) + others, idea)).toEqual([]);
  });

  it("find a change of tense that lies over two stretches, and one at the very end", () => {
    const past =
      "Marta walked down to the harbour. She had not slept and her eyes were sore. The boat was ready and he stood there. ";
    const present =
      "She takes the rope and she looks at him. He is silent. She knows what he thinks. She asks him and he says nothing. ";
    const told = (text: string) => warningsOf(text, { language: "English" }).map(({ kind }) => kind);
    for (const before of [1, 2, 3, 4, 5, 6, 7, 8])
      expect(told(past.repeat(before) + present.repeat(9) + past.repeat(6)), `${before}`).toEqual(["tense"]);
    expect(told(past.repeat(20) + present.repeat(6))).toEqual(["tense"]);
    expect(told(past.repeat(30))).toEqual([]);
  });
});
