import "server-only";
import type { Format } from "@/lib/contract/prompt-input";
import type { BrainstormKind, Sense, WriteMode } from "@/lib/contract/tool-input";

/**
 * The demo writer's whole stock of language: sentences with slots, and what may stand in a slot. Choices are
 * parted by `|`. `{S}`, `{me}` and `{my}` follow the point of view; `{hero}` and `{friend}` are the two people of the
 * text; `{thing}` and `{other}` are phrases of the person's own prompt. `^` makes the next letter a capital.
 * `~` before a closing quotation mark makes a full stop a comma; a slot in capitals is filled in capitals.
 * No template holds six fixed words in a row, so that two sentences of one template still differ.
 */
export const SLOTS: Record<string, string> = {
  when: "at first|by evening|towards noon|before dawn|after a while|that same hour|some days later|when the light went|late in the week|in the first cold|once the rain stopped|on the third day|between two errands|without much warning|just then|near midnight|early next morning|not long after|against all advice|at the usual time|by lamplight|under a low sky|little by little|for once|from then on|a little past four|in the slack of winter|before anyone else was up|that Thursday|when the street was quiet|on the way home|in the end|twice that month|with the windows open|halfway through supper|on market day|at low tide|in the small hours|before the bell|over breakfast|as the lamps went on|between the showers|on the last Sunday|past closing time|at first frost|with the door ajar|under the new moon|soon after|some weeks on|at harvest|when nobody asked|in broad daylight|since the flood|before the post came|by the second whistle|that Friday|in a pause|on a whim|as so often|at dusk|by degrees|in late March",
  time: "one evening|that winter|the next day|all morning|most of the night|the whole week|for an hour|that spring|every Sunday|until dark|long after supper|since Monday|most afternoons|for days|that autumn|the year before|all through June|the longest night|half the summer|a whole month|the morning after|that first year|every other day|between the wars|on washing days|one wet Monday|the season before|years afterwards|for a fortnight",
  place:
    "harbour|old mill|orchard|back stairs|market square|river path|chapel|station|kitchen|upper field|boathouse|library|footbridge|walled garden|signal box|bakery|long room|quarry|ferry landing|crossroads|schoolyard|attic|cellar|post office|north gate|tannery|hill road|glasshouse|workshop|courtyard|sea wall|inn|toll house|wash house|bell tower|reading room|print shop|towpath|lane|archive|stable|lock keeper’s hut",
  noun: "lamp|door|ledger|coat|ladder|kettle|rope|window|key|bench|letterbox|basket|clock|curtain|knife|map|candle|suitcase|mirror|ribbon|hammer|umbrella|chair|blanket|bell|notebook|teacup|lantern|envelope|boot|photograph|wheelbarrow|drawer|button|violin|stove|glove|compass|bucket|spade|ticket|jar|saddle|thimble|bicycle|newspaper|tin box|sail|loaf|footstool|telescope|receipt|hinge|pillow|paintbrush|calendar|anchor|shutter|parcel|matchbox",
  adj: "narrow|plain|borrowed|crooked|quiet|half-open|familiar|heavy|old-fashioned|faded|stubborn|careful|unlucky|polished|hollow|patched|small|unfinished|forgotten|salt-stained|pale|square|uneven|worn|tidy|strange|dusty|silent|tall|warm|mended|blue|cheap|solid|dented|upturned|ordinary|foreign|slender|battered|spotless|crowded|wooden|bare|green|stiff|neat|wide|rusty|honest",
  dark: "cold|broken|blackened|drowned|nameless|blind|shuttered|bitter|rotten|ashen|haunted|airless",
  bright: "cheerful|sunlit|golden|friendly|bright|sweet|gleaming|merry|gentle|generous|lucky|well-loved",
  mood: "patience|doubt|luck|hope|pride|relief|anger|grief|courage|habit|curiosity|loyalty|shame|mercy|boredom|tenderness|suspicion|good sense|homesickness|trust|envy|resolve|gratitude|dread|mischief|fairness|longing|caution|pity|spite|calm|haste|wonder|remorse|cunning|joy|scorn|candour|fatigue|zeal|nostalgia|restraint|gloom|cheer|alarm|kindness|stubbornness|awe|thrift|sorrow|vanity|caprice|delight|modesty|bravado|tact|malice|humour",
  hour: "night|morning|dusk|noon|dawn|later|evening",
  weather:
    "fog|rain|frost|dusk|wind|snow|heat|smoke|moonlight|drizzle|a thin sun|a grey calm|thunder|the tide|sleet|haze|a warm rain|first light|sea mist|a sharp east wind|hail|dust|starlight|a red dusk",
  lay: "lay over|crept along|hung about|settled on|moved across|blurred|softened|pressed against|drifted past|held|hid|silvered|circled|swallowed|emptied|woke|greyed|rounded|followed",
  went: "walked|hurried|wandered|climbed|went back|slipped away|set out|turned|crossed over|drifted|pressed on|ran|strolled|trudged|cycled|stumbled|marched|crept|sauntered|limped|rode|sped|plodded",
  to: "to|past|through|along|towards|beyond|down to|as far as|by way of|around",
  did: "lifted|turned over|set down|studied|put aside|reached for|weighed|wiped|unwrapped|hid|held up|mended|carried off|pushed away|found|opened|borrowed|tapped|measured|hung up|sketched|covered|took apart|passed on|dropped|polished|traced|shook|emptied|buried|sold|guarded|smelled|kicked|folded|numbered|repaired",
  how: "slowly|without a word|carefully|with both hands|twice|for no clear reason|in plain sight|almost gladly|out of habit|with great care|a little too fast|as if alone|half asleep|with a straight face|by touch|like an old hand|reluctantly|at last|under the table|in one breath|on tiptoe|with a frown|left-handed|in no hurry|against the light|at arm’s length|like a thief|with a shrug|under cover of talk|as asked|much too late|in good faith|behind closed doors|with numb fingers|for a joke|the wrong way round|like a guest|with one eye shut|as a favour|from memory|in silence|with a sigh",
  thought:
    "thought of|remembered|wondered about|worried over|said nothing about|dreamed of|had questions about|kept returning to|tried to forget|laughed about|made a note of|spoke up for|lost sight of|grew used to|asked after|counted on|made light of|dreaded|believed in|wrote down|forgot|missed|kept quiet about|had heard of|doubted|longed for",
  ref: "{thing}|{other}|{thing}|the {place}|the {adj} {noun}|{friend}|all that {mood}|the {noun} and the {noun}|{thing} at the {place}|a {noun} full of {mood}|the {noun} that {friend} {did}|{other} and the {noun}|every {noun} in the {place}",
  sound:
    "a dog barked|a door closed|someone laughed|a cart rattled by|the wind rose|a bell rang twice|a gate creaked|a train passed|the gulls began|a child sang|a bucket fell|the pipes knocked|rain began|a clock struck|an engine coughed|somebody whistled|the {noun} fell|a {adj} {noun} creaked|somebody {did} a {noun}|the {adj} {noun} rattled|a {noun} struck a {noun}|the {place} groaned|somebody called for a {noun}|a {adj} {noun} rolled away|the {noun} rang|{weather} shook the {noun}|a {noun} slid off the {noun}|boots crossed the {place}",
  where:
    "far off|two streets away|behind the {place}|somewhere overhead|across the water|near the {place}|on the stairs|at the {place}|below the {place}|beside a {noun}|under the {noun}|past the {adj} {noun}|this side of the {place}|by the {adj} {noun}|above the {place}|between {place} and {place}",
  felt: "{mood} gave way to {mood}|there was more {mood} than {mood}|{mood} did the rest|nobody spoke of {mood}|{mood} came first and {mood} after|only {mood} was left|{mood} looked much like {mood}|the {noun} said enough|{mood} was cheaper than {mood}|{mood} had the last word|so much for {mood}|{mood} wore the face of {mood}|between {mood} and {mood} lay a {noun}|{mood} filled the {place}|a {noun} outweighed the {mood}",
  said: "said|asked|whispered|answered|murmured|called|insisted|admitted|went on|put in|repeated|shouted|muttered|offered|suggested|announced|conceded|snapped|sighed|recalled|confessed|declared",
  truth:
    "nobody owned the {adj} {noun}|the {place} had a {adj} {noun}|{friend} knew the {adj} {noun}|someone had {did} the {noun}|the {noun} was a {adj} copy|{thing} came from the {place}|the {adj} {noun} was warm|half the {noun} was {mood}|{other} had {mood} of its own|the {noun} did not match the {noun}|past the {place} lay the {place}|{mood} cost a {adj} {noun}|the {place} was no {place}|{mood} had moved the {noun}|the {adj} {noun} had a twin|under the {noun} lay a {noun}",
  speech:
    "Where did the {adj} {noun} come from?|Nobody {did} the {noun} at the {place}.|You may keep the {adj} {noun}.|I had rather {thing} than a {noun}.|It was {mood}, not {mood}, with a {noun}.|Ask at the {place} for a {adj} {noun}.|There is a {adj} {noun} missing.|Was it you who {did} the {noun}?|Never trust a {adj} {noun} with {mood}.|Look after {other} and the {noun}.|Leave the {noun}, take the {noun}.|We have {mood} and a {noun} left.|Tell me about {thing} first.|The {place} is no {place}.|Not with that {noun}, surely.|You call it {mood}; I call it {mood}.|Take the {adj} {noun} to the {place}.|Is {other} worth a {adj} {noun}?|I hear a {noun}, {where}.|Then we start with {thing}.|A {noun} is a {noun}, {adj} or not.|Bring the {adj} {noun} and some {mood}.|That {noun} was {friend}’s before the {place} was {adj}.|{mood} won’t mend a {noun}.|Who keeps a {adj} {noun} at the {place}?|First the {noun}, then {thing}.|I {did} the {adj} {noun} myself.|Between {place} and {place} there is only {mood}.",
  people:
    "critics|teachers|neighbours|most readers|the people who do the work|beginners|the old hands|planners|parents|shopkeepers|visitors|the patient ones|historians|engineers|those who came late|the sceptics|volunteers|officials",
  find: "notice|admire|measure|defend|question|describe|misjudge|rely on|look past|argue over|pay for|quietly change|point to|return to|underrate|put up with",
  aspect:
    "the cost|the timing|the first step|the ordinary detail|the weak point|the daily practice|the promise|the upkeep|the scale|the human side|the paperwork|the long view|the exception|the trade|the local habit|the shared part|the unglamorous middle|the reward",
  quality:
    "patient|expensive|practical|fragile|overdue|modest|uneven|slow|visible|underrated|contagious|demanding|local|reversible|unfashionable|simple on paper|hard to copy|worth its price|open to doubt|easy to praise",
  case: "a {adj} {noun}|the keeper of a {place}|a {place} with a {adj} {noun}|two people and a {noun}|one {adj} {place}|a {noun} at the {place}|somebody with a {adj} {noun}|a queue outside the {place}",
  link: "and yet|all the same|to be fair|in practice|seen closely|for that reason|on a good day|as a rule|looked at from the {place}|once more|beyond that|sooner or later|strictly speaking|in plain words|more often than not|given time|by contrast|at the same time",
  can: "can|may|will|should|must|could|might",
  doing:
    "asks for|depends on|begins with|rewards|hides|needs|outlasts|invites|explains|costs|resists|turns on|borrows from|sharpens|rests on|survives",
  deed: "lifts|studies|turns over|sets down|hides|opens|weighs|pockets|unwraps|points at|taps|holds up|drops|wipes|reaches for|pushes away",
  moves:
    "crosses to|stops at|backs away from|leans on|circles|looks towards|hurries past|waits by|comes in from|sits down near",
  image:
    "{adj} {noun}|{place} in {weather}|{noun} left {where}|{adj} {place}|{noun} of {mood}|{mood} like a {noun}|{adj} morning|{weather} and {noun}",
  verse:
    "waits for|leans towards|remembers|answers|carries|outshines|forgives|counts|follows|keeps|loosens|belongs to|sings under|lets go of",
};

const COMMON = [
  "{when}, {S} {did} the {adj} {noun} and {thought} {ref}.",
  "{weather} {lay} the {place}, and {where} {sound}.",
  "{S} {went} {to} the {place} {how}, then {did} a {adj} {noun}.",
  "“{speech}~” {friend} {said}, {how}.",
  "“{speech}~” {S} {said}. “^{speech}”",
  "{where}, {sound}; {felt}.",
  "{time} {S} {thought} {ref}, and {felt}.",
  "The {adj} {noun} had {mood} about it {when}, {S} {said}.",
  "{friend} {did} a {noun} {how} and {thought} {ref}.",
  "There was a {adj} {noun} by the {place}, {adj} as {mood}.",
  "{S} {did} the {noun} {how}. ^{sound} {where}.",
  "{when} the {place} smelled of {weather} and {mood}.",
  "Neither the {noun} nor the {adj} {noun} explained {ref}.",
  "{S} {went} {to} the {place}: {truth}.",
  "{felt} {when}; {S} {thought} {ref}.",
  "{weather}, {mood}, a {adj} {noun}: that was the {place} {when}.",
  "{S} {thought} {ref} and {did} the {noun}, {how}.",
  "By the {adj} {noun} {friend} {said} something of {mood} and {ref}.",
  "{weather} {lay} the {place}; {weather} {lay} the {adj} {noun}.",
  "{how} {S} {did} one {noun} after another {where}.",
  "From the {place} to the {place} {S} {thought} {ref}.",
  "{friend} {went} {to} the {place}, {did} a {noun}, and {thought} {ref}.",
  "One {noun} {where} was {adj}, and {S} {did} that.",
  "It was a {adj} {noun} that {S} {did}, {how}.",
];

/** The sentences of one of the stages that a text passes from its beginning to its end. */
type Stage = readonly string[];

const STORY: readonly Stage[] = [
  [
    "{time}, {thing} began {where}, with a {adj} {noun}.",
    "{S} had come {to} the {place} {time} for {thing}.",
    "Nobody {where} {thought} {thing} before {friend} {did} the {noun}.",
    "{hero} had {mood}, a {adj} {noun} and the {place}.",
    "People spoke of {thing} {when}, over the {noun}, {how}.",
  ],
  [
    "{when} the trouble with {thing} started: {truth}.",
    "{friend} {did} the {adj} {noun}, and {thing} had gone from the {place}.",
    "If {truth}, {other} was a {adj} {noun} away from the {place}.",
    "{S} wanted {thing} more than {mood}, more than the {noun}.",
    "The {adj} {noun} {where} had changed, and {other} too.",
  ],
  [
    "{S} searched the {place} for {thing} and found a {adj} {noun}.",
    "Every {noun} led {to} the {place}; {truth}.",
    "{friend} and {hero} followed {other} {to} the {place}, {how}.",
    "{when} {thing} came down to {mood} and a {adj} {noun}.",
    "{S} asked about {other} {where}; {friend} {did} a {noun}.",
  ],
  [
    "Then {S} understood {thing}: {truth}, and {felt}.",
    "{when} {hero} {did} the {noun}, and {other} lost its {mood} {how}.",
    "It was {friend} who {did} the {adj} {noun}, {how}, for {thing}.",
    "{S} could keep {thing} or the {adj} {noun}, and {did} both {how}.",
  ],
  [
    "{S} gave {thing} back at the {place}, {how}.",
    "{when} {friend} {did} the last {adj} {noun}; {me} it left {mood}.",
    "{thing} kept its {mood}; the {place} kept {my} {noun}.",
    "What remained of {other} was {mood}, a {noun} and the {adj} {place}.",
    "{S} and {friend} {went} {to} the {place}; {felt} {where}.",
  ],
];

const ARGUE_COMMON = [
  "{link}, {people} {find} {aspect} of {thing} and forget the {adj} {noun}.",
  "{case} {can} tell more about {thing} than {people} {can}.",
  "{aspect} {doing} {mood}, and {mood} is {quality}.",
  "{link}, what looks {quality} {when} {can} turn out {quality}.",
  "Take {case}: {aspect} {doing} {other}, {link}.",
  "{people} {find} {case} {how}; {people} {find} {aspect}.",
  "Where {people} see {mood}, {people} see {aspect} of {other}.",
  "It is {quality}, {link}, to speak of {thing} without {aspect}.",
  "{link}, {aspect} of {thing} is {quality} and {aspect} {quality}.",
  "Few {can} {find} {aspect} and still {find} {case}.",
  "Between {mood} and {mood} there is room for {case}.",
  "{case}, {when}, {can} make {other} look {quality}.",
  "Ask {people} about {aspect}, and {link} they {find} {case}.",
  "{aspect} {doing} the {place} as much as {thing}.",
  "“{speech}~” is how {people} {find} {other}.",
];

const ARGUMENT: readonly Stage[] = [
  [
    "{link}, {thing} must first mean {aspect}, and only then {mood}.",
    "The question of {thing} begins with {case}, {when}.",
    "{people} meet {thing} at the {place}, {how}.",
  ],
  [
    "The ground for {thing} is {quality}: {aspect}, {case}, some {mood}.",
    "For {other}, {case} is an example that {people} {find} {how}.",
    "{link}, {aspect} makes {thing} {quality} for {people}.",
  ],
  [
    "Against {thing}, {people} {can} say that {aspect} is {quality}.",
    "The objection to {other} is {quality}: {aspect} {doing} {mood}.",
    "{link}, {people} who doubt {thing} {find} {aspect} first.",
  ],
  [
    "What follows for {thing} is {quality}: {aspect} before {aspect}.",
    "{link}, {other} {can} be {quality} without being {quality}.",
    "If {aspect} {doing} {mood}, then {thing} {can} wait for the {noun}.",
  ],
  [
    "In the end {thing} {can} be as {quality} as {case}.",
    "{link}, {thing} will leave {people} with {mood} and {aspect}.",
    "So much for {other}; {aspect} {can} stay {quality}, and {link} {quality}.",
  ],
];

const SCRIPT_COMMON = [
  "{HERO}\n^{speech}",
  "{FRIEND}\n^{speech} ^{speech}",
  "{HERO}\n({how})\n^{speech}",
  "{FRIEND}\n({how})\n^{speech} ^{speech}",
  "{hero} {deed} the {adj} {noun}, {how}.",
  "{friend} {moves} the {noun} and {deed} a {adj} {noun}.",
  "{where}, {weather} and a {adj} {noun}. ^{friend} {moves} the {noun}.",
  "{hero} {moves} the {adj} {noun}. ^{mood}, then {mood}.",
];
const SCENE = ["INT. {PLACE} – {HOUR}\n\n{hero} {deed} a {adj} {noun}. On a {noun}, {thing}."];

const POEM_COMMON = [
  "The {image} {verse} the {noun},\nand the {noun} {verse} {thing}.",
  "{when} a {adj} {noun} {verse} {other},\n{adj} as {mood}, {adj} as {weather}.",
  "O {image}, O {image},\nwho {verse} {thing} {where}?",
  "No {noun}, no {adj} {noun}, only {mood}:\n{weather} {verse} the {place}.",
  "{thing}: a {image},\nand {mood} {verse} it {when}.",
  "Give me the {image}, the {adj} {noun};\nthe {place} {verse} {other}.",
  "Some {mood} {verse} the {noun} {where},\nsome {mood} {verse} {thing}.",
  "I {did} the {noun}. The {adj} {place}\n{verse} a {noun} and {verse} {other}.",
];

const LETTER = [
  "You asked about {thing}, and {when} I {thought} {ref}.",
  "Do you still keep the {adj} {noun} from the {place}?",
  "I wish you had seen {other} {when}, with the {noun} {where}.",
  "Write to me of {mood}, of the {noun}, of {thing}.",
];

export interface Form {
  /** What may come anywhere. */
  common: readonly string[];
  /** Its stages are spread evenly over all pages. */
  plan: readonly Stage[];
  /** How much of a text is told by its plan. */
  planShare: number;
}

export const FORMS: Record<Format, Form> = {
  prose: { common: COMMON, plan: STORY, planShare: 0.4 },
  letter: { common: [...COMMON, ...LETTER, ...LETTER], plan: STORY, planShare: 0.3 },
  article: { common: ARGUE_COMMON, plan: ARGUMENT, planShare: 0.4 },
  essay: { common: ARGUE_COMMON, plan: ARGUMENT, planShare: 0.4 },
  script: { common: SCRIPT_COMMON, plan: [SCENE], planShare: 0.1 },
  poem: { common: POEM_COMMON, plan: [POEM_COMMON], planShare: 0 },
};

/** Takes up what the page before ended with; `{echo}` is a word of it. */
export const JOINTS: Record<Format, readonly string[]> = {
  prose: [
    "With the {echo} behind {me}, {S} {went} {to} the {place}.",
    "The {echo} stayed in {my} mind {time}, with {thing}.",
    "After the {echo} came the {adj} {noun}, and {felt}.",
  ],
  letter: ["But I meant to go on about the {echo}: {truth}.", "So much for the {echo}; {felt}."],
  article: [
    "The {echo} is one side; {aspect} of {thing} is another.",
    "{link}, the {echo} {can} wait for {aspect}.",
  ],
  essay: [
    "I let the {echo} stand, and turn to {aspect} of {thing}.",
    "From the {echo} it is not far to {case}.",
  ],
  script: ["{friend} {deed} the {echo}, {how}."],
  poem: ["And still the {echo} {verse} the {noun},\nand the {place} {verse} {other}."],
};

/** Ends a sentence that was broken off, whatever its beginning. */
export const FINISHERS = [
  "– or so it seemed {when}, by the {place}.",
  "– and there, {where}, it was left.",
  "– no more than that, and {felt}.",
  "– but {when} {sound}, {where}.",
];

/** Very short sentences, for the last words of a length that was asked for. */
export const SHORT = [
  "{sound} {where}.",
  "{felt}.",
  "{mood}, perhaps.",
  "The {adj} {noun} waited.",
  "{when}, {sound}.",
];

export const DARK_TONES =
  /dark|grim|sad|ominous|tense|horror|serious|melanchol|dread|fear|anger|angry|grief|lonel/i;
export const BRIGHT_TONES = /light|warm|funny|humou?r|happy|cheer|romantic|hope|playful|joy|love|tender/i;

/** How a chapter speaks of one of its beats; `{beat}` is the writer's own sentence. */
export const BEAT_TOLD = [
  "“{beat}~” {friend} noted {when}, {how}.",
  "{when} it stood {where}, chalked up {how}: “{beat}”",
  "“{beat}” So it was told at the {place} {when}.",
  "Of that hour the {adj} {noun} kept a line: “{beat}”",
  "“{beat}~” {friend} {said} {when}, {how}.",
];

/** Beats of an outline, stage by stage, in the present tense of plans. */
export const BEATS: readonly Stage[] = [
  [
    "{hero} {deed} a {adj} {noun} at the {place}.",
    "{friend} {moves} the {place} and asks about {thing}.",
    "A {adj} {noun} turns up {where}, and {hero} keeps it.",
    "The {place} is {adj} {when}, and {mood} spreads.",
    "{hero} promises {friend} a {adj} {noun} before {thing} is found.",
  ],
  [
    "{friend} {deed} the {noun} that belongs to the {place}.",
    "The {adj} {noun} is gone, and {people} blame {hero}.",
    "{hero} learns that {thing} has to do with the {place}.",
    "{weather} cuts off the {place}; a {noun} is lost.",
    "{friend} lies about the {adj} {noun} out of {mood}.",
  ],
  [
    "{hero} searches the {place} and {deed} a {adj} {noun}.",
    "A trail of {mood} leads from the {place} to the {place}.",
    "{friend} and {hero} quarrel over a {adj} {noun} {where}.",
    "{people} gather at the {place}, and {hero} {deed} the {noun}.",
    "What was said of {thing} turns out wrong: it was the {noun}.",
  ],
  [
    "{hero} finds out who {did} the {adj} {noun}.",
    "At the {place}, {friend} must choose between {mood} and {mood}.",
    "The {noun} breaks, and with it the {mood} of the {place}.",
    "{hero} gives up the {adj} {noun} for {thing}.",
    "{friend} {moves} the {place} too late; {weather} is there first.",
  ],
  [
    "{hero} brings the {adj} {noun} back to the {place}.",
    "{friend} forgives {hero} {where}, over a {noun}.",
    "The {place} opens again, with a {adj} {noun} over its door.",
    "{people} hear about {thing}, and {mood} returns.",
    "{hero} {moves} the {place} one last time and leaves a {noun}.",
  ],
];

export const CHAPTER_TITLES = [
  "The {adj} {noun}",
  "At the {place}",
  "{mood} and a {noun}",
  "A {noun} for the {place}",
  "What the {noun} kept",
  "The {place} {when}",
  "{noun} and {noun}",
  "No {mood} at the {place}",
];

export const BIBLE = {
  character: [
    "Keeps a {adj} {noun} and is known for {mood}. Wants {thing}; fears the {place}. Speaks {how}.",
    "Came to the {place} {time}. Has more {mood} than luck, never parts with a {noun}, and asks before answering.",
    "Works at the {place}, knows {people}, and is silent about the {adj} {noun}. Wants to be trusted with {other}.",
    "Left the {place} once and came back with {mood}. Talks too much, {how}, and owes somebody a {noun}.",
  ],
  place: [
    "A {adj} place with a {noun} by the door; one hears {weather} there, and how {sound}.",
    "Smells of {weather}. A {adj} {noun} hangs where everybody sees it.",
    "{people} meet there {when}. Nobody touches the {adj} {noun}.",
  ],
  rule: [
    "Nobody goes to the {place} without a {noun}.",
    "Whoever {did} a {adj} {noun} must say so before dark.",
    "A promise made at the {place} can't be taken back.",
    "The {adj} {noun} is never spoken of before {people}.",
  ],
  style:
    "Plain sentences that stay close to things: a {noun}, a {adj} {noun}, {weather} at the {place}. Feeling shows in what people do.",
};

/** What each mode of a continuation adds to ordinary prose. */
export const MODES: Record<WriteMode, readonly string[]> = {
  auto: COMMON,
  ominous: [
    "Something had been at the {noun} {when}; nobody said what.",
    "The {dark} {noun} was not where {S} had left it.",
    "{where}, {sound}, and then nothing, for too long.",
    "Under the {place} it was {dark}, and {weather} did not move.",
    "{friend} counted the {noun} again. ^there was one {noun} too many.",
    "No {mood} helped against the {dark} {noun} {where}.",
    "The {noun} was {dark} to the touch, and a little wet.",
  ],
  romantic: [
    "{friend} {did} the {bright} {noun} and did not look away.",
    "Their hands met over the {noun}, {how}, and stayed.",
    "{S} had {mood} ready, and forgot it when {friend} smiled.",
    "“{speech}~” {friend} said, much too near.",
    "The {place} was {bright} with {weather}, and neither wished to leave.",
    "{friend} had kept the {bright} {noun} {time}, it turned out.",
    "What {S} felt was {mood}, and under it something {bright}.",
  ],
  mysterious: [
    "On the {noun} stood a name that nobody at the {place} knew.",
    "Who had {did} the {adj} {noun}, and why {when}?",
    "Half of the {noun} was missing, cut off {how}.",
    "A figure stood at the {place}; {when} there was only {weather}.",
    "{friend} knew the {adj} {noun}. ^it showed, though not in words.",
    "Behind the {noun} was a second {noun}, {adj} and older.",
    "The answer was {mood}, or else the {place}; both were locked.",
  ],
  action: [
    "The {noun} broke. {S} ran.",
    "{S} jumped. The {place} shook, and {sound}.",
    "A {adj} {noun} flew past; {friend} went down.",
    "“Now!” {friend} shouted, and {did} the {noun}.",
    "{S} hit the {noun}, rolled, and was up again.",
    "Glass, {weather}, a {adj} {noun}: {S} went through.",
    "Three steps to the {place}. Two. ^{sound}.",
    "{friend} threw the {noun}; it struck the {adj} {noun}.",
  ],
  dialogue: [
    "“{speech}”",
    "“{speech}~” {friend} {said}.",
    "“{speech}~” {S} {said}, {how}. “^{speech}”",
    "“A {adj} {noun}?”",
    "“At the {place}, {when}.”",
    "“You {did} it {how}.”",
    "“{mood},” {friend} {said}. “^{mood} and a {noun}.”",
    "{friend} {did} the {noun}. “^{speech}”",
  ],
};

export const SENSE_LINES: Record<Sense, readonly string[]> = {
  sight: [
    "{thing} stands out against the {adj} {place}, {adj} at its edges.",
    "One sees a {adj} {noun} first, then {weather}, then {thing}.",
    "The light makes a {adj} {noun} of {thing}.",
    "Near the {noun} the colour turns {adj}, almost {adj}.",
    "A {adj} shadow lies over the {noun}, shaped like a {noun}.",
  ],
  sound: [
    "{where}, {sound}; close by there is only {thing}.",
    "Each step makes the {noun} answer, {adj} and {adj}.",
    "{thing} has a sound of its own, like a {adj} {noun}.",
    "Between two breaths {sound}, {where}.",
    "A {noun} ticks; then {weather} covers it.",
  ],
  smell: [
    "It smells of {weather}, of a {adj} {noun}, of the {place}.",
    "Under {weather} hangs something {adj}, like an old {noun}.",
    "{thing} smells the way the {place} does {when}.",
    "A trace of smoke and {adj} {noun} stays in the air.",
    "Whoever bends down finds soap, rust and a {adj} {noun}.",
  ],
  taste: [
    "The air tastes {adj}, as if a {noun} lay on the tongue.",
    "There is salt in it, and behind the salt a {adj} {noun}.",
    "{thing} leaves a taste of tin and {weather}.",
    "On the lips stays something {adj}, half bread, half {noun}.",
    "It tastes like water from the {place}, {adj} and cold.",
  ],
  touch: [
    "Under the hand {thing} is {adj}, then {adj}.",
    "The {noun} is cold on one side and {adj} on the other.",
    "Fingers find a {adj} seam, a splinter, the rim of a {noun}.",
    "{weather} touches the neck like a {adj} {noun}.",
    "It has the weight of a {noun} and the skin of a {adj} {noun}.",
  ],
};

export const IDEAS: Record<BrainstormKind, readonly string[]> = {
  plot: [
    "{hero} {deed} the {adj} {noun}, and {thing} is in danger at the {place}.",
    "It turns out that {friend} {did} the {noun} for {thing}.",
    "{people} close the {place}; only a {adj} {noun} still leads in.",
    "The {noun} everybody looked for was a {noun} all along.",
    "{friend} leaves {when} and takes {thing} along.",
  ],
  names: [
    "{first} {last}: {adj}, with a {noun} nobody may touch",
    "{first} {last}: from the {place}, full of {mood}",
    "Old {first} {last}: keeper of a {adj} {noun}",
    "{first} “{noun}” {last}: too much {mood}, too little luck",
  ],
  places: [
    "The {adj} {place}: a {noun} over the door, {weather} all year",
    "{last} {place}: {people} go there for {mood}",
    "The {place} behind the {place}: {adj}, and said to be {adj}",
    "{noun} Lane: {where}, {sound}",
  ],
  objects: [
    "A {adj} {noun}: it was with {thing} from the start",
    "The {noun} of the {place}: {adj}, and never where it was left",
    "A {noun} without a {noun}: {people} would pay for it",
    "{first}’s {adj} {noun}: proof of {mood}",
  ],
  conflicts: [
    "{hero} wants {thing}; {friend} needs it {adj} and untouched.",
    "{mood} against {mood}: only one of them can keep the {noun}.",
    "{people} want the {place} closed, and {hero} lives there.",
    "{friend} swore to hide the {adj} {noun} that {hero} must find.",
    "To save {thing}, {hero} has to give up the {place}.",
  ],
  dialogue: [
    "{friend}: “{speech}”",
    "{hero}: “{speech} ^{speech}”",
    "{friend}: “You call that a {noun}? ^{speech}”",
    "{hero}: “I had {mood}. Now I have a {adj} {noun}.”",
  ],
  world: [
    "At the {place} every {adj} {noun} must be declared {when}.",
    "{mood} is taxed; a {noun} is worth a week’s wages.",
    "When {weather} comes, {people} carry a {noun} to the {place}.",
    "Nobody may own both a {noun} and a {noun}.",
    "The {place} moves a little {when}; {people} pretend not to notice.",
  ],
  titles: [
    "The {adj} {noun}",
    "What the {noun} Knew",
    "{mood} at the {place}",
    "A {noun} for {hero}",
    "{noun} and {noun}",
    "The Last {noun} of the {place}",
    "{hero} and the {adj} {noun}",
  ],
};
export const LAST_NAMES =
  "Hale|Quill|Marsh|Thorne|Vane|Lark|Stroud|Penrose|Ashby|Wick|Calder|Moss|Frost|Rook";

/** Word for word: what stands before the `=` is looked for as whole words. */
export const FORMAL =
  "can't=cannot|won't=will not|shan't=shall not|ain't=is not|let's=let us|n't= not|I'm=I am|'re= are|'ve= have|'ll= will|it's=it is|that's=that is|there's=there is|he's=he is|she's=she is|what's=what is|who's=who is|kids=children|kid=child|guys=people|guy=man|a lot of=a great deal of|lots of=many|big=considerable|ok=acceptable|okay=acceptable|yeah=yes|nope=no|mom=mother|dad=father|also=furthermore|asked=enquired|buy=purchase|bought=purchased|help=assist|helped=assisted|start=commence|started=commenced|show=demonstrate|showed=demonstrated|need=require|needed=required|found=discovered|find=discover|finds=discovers|went=proceeded|house=residence|very=exceedingly|really=truly|maybe=perhaps|enough=sufficient|but=yet|looked=gazed";
export const CASUAL =
  "cannot=can't|will not=won't|do not=don't|does not=doesn't|did not=didn't|is not=isn't|was not=wasn't|were not=weren't|had not=hadn't|could not=couldn't|would not=wouldn't|I am=I'm|it is=it's|that is=that's|there is=there's|he had=he'd|she had=she'd|they had=they'd|children=kids|child=kid|however=but|therefore=so|furthermore=also|obtain=get|received=got|purchase=buy|commence=start|commenced=started|conclude=end|require=need|required=needed|very=really|extremely=super|many=loads of|perhaps=maybe|man=guy|mother=mom|father=dad|yes=yeah|no one=nobody|exhausted=beat|discovered=came across|looked at=checked out|walked=wandered";
export const IMPROVED =
  "very big=huge|very small=tiny|very tired=exhausted|very cold=freezing|very old=ancient|very good=excellent|very bad=dreadful|in order to=to|due to the fact that=because|at this point in time=now|began to=|started to=|was able to=could|very=|really=|just=|quite=|rather=|actually=|basically=|suddenly=|somehow=|kind of=|sort of=|looked at=studied|walked slowly=trudged|ran quickly=raced|said loudly=shouted|said quietly=murmured|nice=pleasant|a lot of=plenty of";
export const DRAMATIC =
  "walked=strode|looked=stared|said=cried|ran=fled|opened=tore open|closed=slammed|fell=crashed|took=seized|held=clutched|hit=struck|saw=beheld|found=uncovered|went=stormed|cold=freezing|dark=pitch-dark|big=towering|bad=terrible|good=glorious|afraid=terrified|angry=furious|sad=heartbroken|wind=gale|rain=downpour|tired=worn out";
/** What a feeling does, in the place of its name. */
export const SHOWN: readonly [RegExp, string][] = [
  [
    /\b(?:was|felt|am|is|were) (?:so |very |really )?(?:angry|furious|mad)\b/gi,
    "set the {noun} down too hard",
  ],
  [
    /\b(?:was|felt|am|is|were) (?:so |very |really )?(?:sad|unhappy|miserable)\b/gi,
    "stared at the {noun} until it blurred",
  ],
  [
    /\b(?:was|felt|am|is|were) (?:so |very |really )?(?:happy|glad|pleased)\b/gi,
    "hummed, and took the stairs two at a time",
  ],
  [
    /\b(?:was|felt|am|is|were) (?:so |very |really )?(?:afraid|scared|frightened|nervous)\b/gi,
    "checked the {noun} twice with wet palms",
  ],
  [
    /\b(?:was|felt|am|is|were) (?:so |very |really )?(?:tired|exhausted|sleepy)\b/gi,
    "leaned on the {noun} and let both eyes close",
  ],
  [/\b(?:was|felt|am|is|were) (?:so |very |really )?(?:cold|freezing)\b/gi, "breathed into both hands"],
  [
    /\b(?:was|felt|am|is|were) (?:so |very |really )?(?:lonely|alone)\b/gi,
    "laid a second {noun} on the table, and put it back",
  ],
  [/\b(?:was|felt|am|is|were) (?:so |very |really )?(?:surprised|astonished)\b/gi, "let the {noun} drop"],
];
/** What is shown where no feeling was named. */
export const SHOWN_BESIDE = [
  "A {adj} {noun} trembled a little {where}.",
  "{where}, {sound}.",
  "There was {weather} in it, and the smell of a {adj} {noun}.",
];

export const FIRST_NAMES = "Mara|Tobias|Ines|Jonah|Edda|Callum|Noor|Silas|Wren|Anselm|Ottilie|Bram";
export const DEFAULT_THINGS =
  "the lost letter|the old promise|the locked room|the late visitor|the unpaid debt";
