using System;

namespace Escapement.Safety
{
    /// <summary>
    /// The second opinion on every word list: decodes it anew from its bytes and judges what the trigger line would do.
    /// Shares nothing with the encoder. Carries pulse history and session totals across transactions, holds, stops and re-arms.
    /// Order of use: <see cref="Boot"/> once, <see cref="BeginSession"/> at arming, then for every list <see cref="Begin"/>,
    /// <see cref="BodyCrc"/>, <see cref="Step"/> until it is not 0, <see cref="MaySend"/>, the send, <see cref="Commit"/>, <see cref="HeadAgrees"/>.
    /// </summary>
    public sealed partial class OutputGuard
    {
        /// <summary>Longest list that is judged, in words: the sum of its halves stays within 31 bits.</summary>
        public const int MaxListWords = 32768;

        private const int MostInWindow = PulseHistory.Size - 1;
        private const int FarBackUs = 1000000000;
        private const int Working = 0;
        private const int Passed = 1;
        private const int Rejected = -1;

        private readonly int channelWords;
        private readonly Limits ceilings;
        private readonly PulseHistory history;

        // Limits in force for the list under judgement.
        private int minGap;
        private int minWidth;
        private int maxWidth;
        private long window1;
        private long window2;
        private long window3;
        private int most1;
        private int most2;
        private int most3;
        private int maxHigh;

        // The session so far: only what was sent.
        private int sessionPulses;
        private int hourPulses;
        private bool sessionOpen;
        private long sessionFirst;
        private long maxSessionUs;

        // The list under judgement.
        private byte[] list;
        private int result;
        private bool settled;
        private int endAt;
        private int pulses;
        private long first;
        private long span;

        private uint bodyCrc;
        private bool bodyCrcKnown;

        /// <summary>A guard that knows nothing of the past: nothing passes before <see cref="Boot"/>.</summary>
        /// <param name="channelWords">Words of one channel memory; a list must not be an exact multiple.</param>
        /// <param name="ceilings">Ceilings that no limit given later can loosen; they are copied.</param>
        public OutputGuard(int channelWords, Limits ceilings)
        {
            this.channelWords = channelWords;
            this.ceilings = new Limits();
            this.ceilings.CopyFrom(ceilings);
            this.ceilings.Window1Pulses = Fewer(ceilings.Window1Pulses, MostInWindow);
            this.ceilings.Window2Pulses = Fewer(ceilings.Window2Pulses, MostInWindow);
            this.ceilings.Window3Pulses = Fewer(ceilings.Window3Pulses, MostInWindow);
            history = new PulseHistory();
            Forget();
        }

        /// <summary>What was found, a <see cref="GuardVerdict"/>.</summary>
        public int Verdict { get; private set; }

        /// <summary>Whether the pulse that stood in the way was sent before this list: waiting cures it.</summary>
        public bool HistoryToBlame { get; private set; }

        /// <summary>The word at which the verdict fell; how far the work is while it goes on.</summary>
        public int Word
        {
            get { return at >> 2; }
        }

        /// <summary>Pulses sent in this session.</summary>
        public int SessionPulses
        {
            get { return sessionPulses; }
        }

        /// <summary>Onset of the last pulse sent, board time in microseconds; far in the future before <see cref="Boot"/>.</summary>
        public long LastOnsetUs
        {
            get { return history.LastUs; }
        }

        /// <summary>
        /// The CRC-32 of the judged list from the end of its head to its end. Set it after <see cref="Begin"/> and before the first
        /// <see cref="Step"/>, so that what changes while it is judged shows too.
        /// </summary>
        public uint BodyCrc
        {
            get
            {
                return bodyCrc;
            }

            set
            {
                bodyCrc = value;
                bodyCrcKnown = true;
            }
        }

        /// <summary>Power-up: what came before is unknown and counts as full windows at this instant.</summary>
        /// <param name="nowUs">Board time.</param>
        public void Boot(long nowUs)
        {
            history.Fill(nowUs < 0 || nowUs > PulseHistory.Never ? PulseHistory.Never : nowUs);
            sentWidest = ceilings.MaxWidthUs;
            BeginSession(ceilings.MaxHourPulses);
        }

        /// <summary>Begins the totals of a session anew. The pulse history stays.</summary>
        /// <param name="hourPulses">Pulses charged to the last hour before this session; they stay charged while it lasts.</param>
        public void BeginSession(int hourPulses)
        {
            this.hourPulses = hourPulses;
            sessionPulses = 0;
            sessionOpen = false;
            list = null; // a buffer of the session before could not be given back otherwise
            Forget();
        }

        /// <summary>Gives a list to judge, with what is planned for it. The bytes must not change from here on, but for the head.</summary>
        /// <param name="list">The whole list as it will be sent; its length is <paramref name="words"/> * 4.</param>
        /// <param name="words">Its length in words, padding included.</param>
        /// <param name="headWords">Words of the lead-in.</param>
        /// <param name="firstOnsetAbsUs">Board time of the first onset, or the earliest that it can be: it holds for every later one.</param>
        /// <param name="plannedPulses">Pulses planned.</param>
        /// <param name="plannedSpanUs">First to last onset as planned.</param>
        /// <param name="limits">Limits in force; where they are looser than the ceilings the ceilings hold.</param>
        public void Begin(byte[] list, int words, int headWords, long firstOnsetAbsUs, int plannedPulses, long plannedSpanUs, Limits limits)
        {
            Forget();
            this.list = list;
            settled = false;
            at = 0;
            pulses = plannedPulses;
            first = firstOnsetAbsUs;
            span = plannedSpanUs;
            high = 0;
            if (limits == null || headWords < 1 || headWords > MaxListWords || plannedPulses < 1 || plannedSpanUs < 0
                || plannedSpanUs > PulseHistory.Never || firstOnsetAbsUs < 0 || firstOnsetAbsUs > PulseHistory.Never)
            {
                Reject(GuardVerdict.BadPlan);
                return;
            }

            if (list == null || words <= headWords || words > MaxListWords || list.Length != words * 4)
            {
                Reject(GuardVerdict.ListLength);
                return;
            }

            bodyAt = headWords * 4;
            endAt = words * 4;
            TakeLimits(limits);
            if (minWidth > maxWidth || minWidth > HalfMask)
            {
                Reject(GuardVerdict.BadPlan);
                return;
            }

            int verdict = JudgeTotals(words, limits);
            if (verdict != GuardVerdict.None)
            {
                Reject(verdict);
                return;
            }

            ForgetWords();
            PlaceFirst();
            Verdict = GuardVerdict.None;
            result = Working;
        }

        /// <summary>Goes on with the judgement.</summary>
        /// <param name="budgetWords">Most words to judge in this step.</param>
        /// <returns>0 still at work, 1 passed, -1 rejected: see <see cref="Verdict"/>.</returns>
        public int Step(int budgetWords)
        {
            if (result != Working || budgetWords <= 0)
            {
                return result;
            }

            if (!settled)
            {
                settled = history.Settle(budgetWords);
                if (!settled)
                {
                    return result;
                }
            }

            int left = (endAt - at) >> 2;
            int stop = budgetWords >= left ? endAt : at + (budgetWords * 4);
            while (result == Working && at < stop)
            {
                Advance(stop);
            }

            if (result == Working && at == endAt)
            {
                Finish();
            }

            return result;
        }

        /// <summary>Whether the judged list may be sent with its first onset then: it passed, its body's CRC was given, and the time is not earlier than judged nor the session too long by it.</summary>
        /// <param name="firstOnsetAbsUs">Board time of the first onset.</param>
        public bool MaySend(long firstOnsetAbsUs)
        {
            if (result != Passed || !bodyCrcKnown || firstOnsetAbsUs < first || firstOnsetAbsUs > PulseHistory.Never)
            {
                return false;
            }

            return !sessionOpen || firstOnsetAbsUs + span - sessionFirst <= maxSessionUs;
        }

        /// <summary>Whether a CRC-32 taken now over the body is the judged one.</summary>
        public bool BodyAgrees(uint crcNow)
        {
            return result == Passed && bodyCrcKnown && crcNow == bodyCrc;
        }

        /// <summary>
        /// The judged list was sent: its onsets become history, whatever becomes of them. When something was sent that never
        /// passed, every window counts as full at its planned end and the session as used up.
        /// </summary>
        /// <param name="firstOnsetAbsUs">Board time of the first onset as sent.</param>
        public void Commit(long firstOnsetAbsUs)
        {
            if (!sessionOpen)
            {
                sessionOpen = true;
                sessionFirst = firstOnsetAbsUs;
            }

            if (result == Passed)
            {
                history.Keep(count, firstOnsetAbsUs - first);
                sessionPulses += pulses;
                sentWidest = widest;
            }
            else
            {
                sentWidest = ceilings.MaxWidthUs;
                history.Fill(firstOnsetAbsUs + (span > 0 ? span : 0));
                sessionPulses = ceilings.MaxSessionPulses;
            }

            Forget();
        }

        /// <summary>
        /// A list was broken off, and the board has watched that nothing of it leaves any more. What of it would still lie ahead no longer counts;
        /// the pulses before may have made way for it in the history, so every window counts as full at this instant. Changes nothing when no
        /// pulse lies ahead.
        /// </summary>
        /// <param name="nowUs">Board time, when silence was confirmed.</param>
        public void Silence(long nowUs)
        {
            if (nowUs >= 0 && history.LastUs > nowUs && history.LastUs < PulseHistory.Never)
            {
                history.Fill(nowUs);
                Forget();
            }
        }

        /// <summary>Whether the head as it was sent makes the first onset fall where it was planned: low throughout, no zero half, its sum exactly the wait.</summary>
        /// <param name="list">The list as sent.</param>
        /// <param name="headWords">Words of its lead-in.</param>
        /// <param name="t0Us">Board time just before the send.</param>
        /// <param name="plannedFirstUs">Board time at which its first onset is planned.</param>
        public bool HeadAgrees(byte[] list, int headWords, long t0Us, long plannedFirstUs)
        {
            if (list == null || headWords < 1 || headWords > MaxListWords || list.Length < headWords * 4)
            {
                return false;
            }

            long sum = 0;
            int end = headWords * 4;
            for (int i = 0; i < end; i += 4)
            {
                int word = BitConverter.ToInt32(list, i);
                int early = word & HalfMask;
                int late = (word >> 16) & HalfMask;
                if ((word & LevelBits) != 0 || early == 0 || late == 0)
                {
                    return false;
                }

                sum += early + late;
            }

            return sum == plannedFirstUs - t0Us;
        }

        /// <summary>The earliest board time at which one more pulse would keep the minimum gap and every window, by what was sent until now.</summary>
        /// <param name="limits">Limits in force; where they are looser than the ceilings the ceilings hold.</param>
        public long EarliestUs(Limits limits)
        {
            long earliest = history.LastUs + More(limits.MinGapUs, ceilings.MinGapUs);
            earliest = Later(earliest, Clear(limits.Window1Us, limits.Window1Pulses, ceilings.Window1Us, ceilings.Window1Pulses));
            earliest = Later(earliest, Clear(limits.Window2Us, limits.Window2Pulses, ceilings.Window2Us, ceilings.Window2Pulses));
            return Later(earliest, Clear(limits.Window3Us, limits.Window3Pulses, ceilings.Window3Us, ceilings.Window3Pulses));
        }

        private long Clear(int windowUs, int most, int longest, int fewest)
        {
            int allowed = Fewer(most, fewest);
            return allowed == 0 ? PulseHistory.Never : history.Back(allowed) + More(windowUs, longest);
        }

        private void Forget()
        {
            result = Rejected;
            Verdict = GuardVerdict.NotJudged;
            HistoryToBlame = false;
            bodyCrcKnown = false;
            bodyCrc = 0;
        }

        private void Reject(int verdict)
        {
            result = Rejected;
            Verdict = verdict;
        }

        private void TakeLimits(Limits limits)
        {
            minGap = More(limits.MinGapUs, ceilings.MinGapUs);
            minWidth = More(More(limits.MinWidthUs, ceilings.MinWidthUs), 1);
            maxWidth = Fewer(limits.MaxWidthUs, ceilings.MaxWidthUs);
            window1 = More(limits.Window1Us, ceilings.Window1Us);
            window2 = More(limits.Window2Us, ceilings.Window2Us);
            window3 = More(limits.Window3Us, ceilings.Window3Us);
            most1 = Fewer(limits.Window1Pulses, ceilings.Window1Pulses);
            most2 = Fewer(limits.Window2Pulses, ceilings.Window2Pulses);
            most3 = Fewer(limits.Window3Pulses, ceilings.Window3Pulses);
            maxHigh = Fewer(limits.MaxHighUs, ceilings.MaxHighUs);
            maxSessionUs = Fewer(limits.MaxSessionS, ceilings.MaxSessionS) * 1000000L;
        }

        private int JudgeTotals(int words, Limits limits)
        {
            if (words % channelWords == 0)
            {
                return GuardVerdict.ChannelMultiple;
            }

            if (pulses > Fewer(limits.MaxTrainPulses, ceilings.MaxTrainPulses))
            {
                return GuardVerdict.TrainTotal;
            }

            if (pulses > Fewer(limits.MaxSessionPulses, ceilings.MaxSessionPulses) - sessionPulses)
            {
                return GuardVerdict.SessionTotal;
            }

            if (pulses > Fewer(limits.MaxHourPulses, ceilings.MaxHourPulses) - hourPulses - sessionPulses)
            {
                return GuardVerdict.HourTotal;
            }

            long begun = sessionOpen ? sessionFirst : first;
            return first + span - begun > maxSessionUs ? GuardVerdict.SessionTime : GuardVerdict.None;
        }

        // The first pulse is treated like any other: it follows the newest pulse of the history.
        private void PlaceFirst()
        {
            start = history.Next;
            count = start;
            last = start + pulses;
            long gap = first - history.LastUs;
            since = gap < -1 ? -1 : gap > FarBackUs ? FarBackUs : (int)gap;
            onset = first - since;
            carried = gap < window2 && sentWidest > minWidth ? sentWidest : minWidth; // a word of the shortest pulse is known from the start
            Widen(carried);
        }

        private static int More(int value, int least)
        {
            return value > least ? value : least;
        }

        // Never more than the most allowed, never negative.
        private static int Fewer(int value, int most)
        {
            return value < 0 ? 0 : value < most ? value : most;
        }

        private static long Later(long one, long other)
        {
            return one > other ? one : other;
        }
    }
}
