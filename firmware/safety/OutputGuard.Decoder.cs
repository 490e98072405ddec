using System;

namespace Escapement.Safety
{
    // The decoder: what the trigger line would do, word by word.
    public sealed partial class OutputGuard
    {
        private const int HalfMask = 0x7FFF;
        private const int LateMask = 0x7FFF0000;
        private const int HighBit = 0x8000;
        private const int LevelBits = unchecked((int)0x80008000);
        private const int LongestLow = 0x7FFF7FFF;
        private const int LongestLowUs = 65534;
        private const int PaddingWord = 0x00010001;

        // Where the decoder stands: byte of the list, first byte of the body, numbers of the list's first pulse, of the pulse after its last,
        // and of the next one; the newest onset, the time since it, and how long the line has been high (0: it is low).
        private int at;
        private int bodyAt;
        private int start;
        private int last;
        private int count;
        private long onset;
        private int since;
        private int high;

        // Two words that were found to be good pulses by themselves, the list's first and the newest other: nearly every list repeats two.
        private int firstWord;
        private int firstTicks;
        private int otherWord;
        private int otherTicks;

        // The widest pulse of this list so far and of those sent before it that may lie in its second window; how many pulses as wide as that
        // this window may hold; what the widest was when the list began, and when the last one was sent.
        private int widest;
        private int mostHigh;
        private int carried;
        private int sentWidest;

        // The two longer windows are looked at again at pulse 'due'; 'ahead' is how many pulses one look may answer for.
        private int ahead;
        private int due;

        private void Advance(int stop)
        {
            if (at < bodyAt)
            {
                JudgeHead(stop < bodyAt ? stop : bodyAt);
            }
            else if (high != 0)
            {
                JudgeWord();
            }
            else if (count == last)
            {
                SkipPadding(stop);
            }
            else
            {
                JudgeUsual(stop);
                if (at < stop)
                {
                    JudgeWord();
                }
            }
        }

        private void JudgeHead(int stop)
        {
            byte[] list = this.list;
            int at = this.at;
            while (at < stop)
            {
                int word = BitConverter.ToInt32(list, at);
                if ((word & HalfMask) == 0 || (word & LateMask) == 0 || (word & LevelBits) != 0)
                {
                    Reject((word & HalfMask) == 0 || (word & LateMask) == 0 ? GuardVerdict.ZeroHalf : GuardVerdict.HeadNotLow);
                    break;
                }

                at += 4;
            }

            this.at = at;
            if (at == bodyAt && (BitConverter.ToInt32(list, at) & HighBit) == 0)
            {
                Reject(GuardVerdict.FirstOnset);
            }
        }

        // The words that nearly all of a list is made of: low throughout, or a pulse in the first half. It only ever passes over
        // what is beyond doubt; at anything else it stops with nothing changed and JudgeWord decides.
        // One long method on locals: on the interpreter each call costs more than all the arithmetic on a word.
        private void JudgeUsual(int stop)
        {
            byte[] list = this.list;
            long[] ring = history.Working;
            int at = this.at, since = this.since, count = this.count, minGap = this.minGap, most1 = this.most1;
            long onset = this.onset, window1 = this.window1;
            int firstWord = this.firstWord, firstTicks = this.firstTicks, otherWord = this.otherWord, otherTicks = this.otherTicks;
            int ticks;
            while (at < stop)
            {
                int word = BitConverter.ToInt32(list, at);
                if (word == firstWord)
                {
                    ticks = firstTicks;
                }
                else if (word == LongestLow)
                {
                    since += LongestLowUs;
                    at += 4;
                    continue;
                }
                else if (word == otherWord)
                {
                    ticks = otherTicks;
                }
                else
                {
                    int early = word & HalfMask;
                    int late = (word >> 16) & HalfMask;
                    if (early == 0 || late == 0)
                    {
                        break;
                    }

                    ticks = early + late;
                    if ((word & LevelBits) == 0)
                    {
                        since += ticks;
                        at += 4;
                        continue;
                    }

                    if (!Recognise(word, early, ticks))
                    {
                        break;
                    }

                    firstWord = this.firstWord;
                    firstTicks = this.firstTicks;
                    otherWord = word;
                    otherTicks = ticks;
                }

                long next = onset + since;
                ring[(byte)count] = next;
                if (since < minGap || next - ring[(byte)(count - most1)] < window1)
                {
                    break;
                }

                if (count >= due)
                {
                    if (!LookAhead(word, next, count))
                    {
                        break;
                    }

                    stop = due == last ? at : stop; // behind the last pulse nothing is usual any more
                }

                onset = next;
                count++;
                since = ticks;
                at += 4;
            }

            this.at = at;
            this.since = since;
            this.count = count;
            this.onset = onset;
        }

        // Nothing is remembered of other lists and other limits. In place of nothing stands a word that is a good pulse under any
        // limits that Begin lets pass: a zero would take a word of two zero halves for a pulse.
        private void ForgetWords()
        {
            firstWord = ShortestPulse();
            firstTicks = minWidth + 1;
            otherWord = firstWord;
            otherTicks = firstTicks;
        }

        private int ShortestPulse()
        {
            return minWidth | HighBit | (1 << 16);
        }

        // Judges a pulse by the two longer windows. When even the pulse 'ahead' fewer back lies the window back, then so it will for the
        // next 'ahead' pulses, since onsets only grow: these need no look. The list's last pulse always gets one: the rest of its word
        // must be the 1 tick of padding.
        private bool LookAhead(int word, long next, int count)
        {
            long[] ring = history.Working;
            int left = last - 1 - count;
            if (next - ring[(byte)(count - mostHigh)] < window2 || next - ring[(byte)(count - most3)] < window3 || (left == 0 && word >> 16 != 1))
            {
                return false;
            }

            int ahead = left > 0 ? left - 1 : 0;
            ahead = ahead < this.ahead ? ahead : this.ahead;
            if (next - ring[(byte)(count - mostHigh + ahead)] < window2 || next - ring[(byte)(count - most3 + ahead)] < window3)
            {
                ahead = 0;
            }

            due = count + 1 + ahead;
            return true;
        }

        // Whether a word is a good pulse by itself: high in its first half only, its width within the limits.
        private bool Recognise(int word, int width, int ticks)
        {
            if ((word & LevelBits) != HighBit || width < minWidth || width > maxWidth)
            {
                return false;
            }

            if (firstWord == ShortestPulse())
            {
                firstWord = word;
                firstTicks = ticks;
            }

            otherWord = word;
            otherTicks = ticks;
            if (width > widest)
            {
                Widen(width);
            }

            return true;
        }

        // A wider pulse than any before it leaves room for fewer of them, and both longer windows are looked at again at once.
        private void Widen(int width)
        {
            int mostHigh = maxHigh / width;
            widest = width;
            this.mostHigh = mostHigh = mostHigh < most2 ? mostHigh : most2;
            ahead = (mostHigh < most3 ? mostHigh : most3) / 3;
            due = start;
        }

        private void SkipPadding(int stop)
        {
            while (at < stop && BitConverter.ToInt32(list, at) == PaddingWord)
            {
                at += 4;
            }

            if (at < stop)
            {
                JudgeWord();
            }
        }

        private void JudgeWord()
        {
            int word = BitConverter.ToInt32(list, at);
            JudgeHalf(word);
            if (result == Working)
            {
                JudgeHalf(word >> 16);
            }

            if (result == Working)
            {
                at += 4;
            }
        }

        private void JudgeHalf(int half)
        {
            int ticks = half & HalfMask;
            if (ticks == 0)
            {
                Reject(GuardVerdict.ZeroHalf);
            }
            else if ((half & HighBit) != 0)
            {
                JudgeHigh(ticks);
            }
            else
            {
                JudgeLow(ticks);
            }
        }

        private void JudgeHigh(int ticks)
        {
            if (high == 0)
            {
                JudgeOnset();
                if (result != Working)
                {
                    return;
                }
            }

            // Halves that are high one after the other are one pulse.
            high += ticks;
            since += ticks;
            if (high > maxWidth)
            {
                Reject(GuardVerdict.WidthLong);
            }
        }

        private void JudgeLow(int ticks)
        {
            if (high != 0 && high < minWidth)
            {
                Reject(GuardVerdict.WidthShort);
                return;
            }

            if (high != 0)
            {
                JudgeDuty(high);
            }

            high = 0;
            since += ticks;
            if (result != Working)
            {
                return;
            }

            if (count == last && ticks != 1)
            {
                Reject(GuardVerdict.Padding);
            }
        }

        private void JudgeOnset()
        {
            if (count == last)
            {
                Reject(GuardVerdict.Count);
                return;
            }

            if (since < minGap)
            {
                HistoryToBlame = count == start;
                Reject(GuardVerdict.MinGap);
                return;
            }

            onset += since;
            since = 0;
            history.Working[(byte)count] = onset;
            JudgeWindow(GuardVerdict.Window1, window1, most1);
            JudgeWindow(GuardVerdict.Window2, window2, most2);
            JudgeWindow(GuardVerdict.Window3, window3, most3);
            count++;
        }

        // Of the pulse that has just ended. Every pulse of the window counts as wide as the widest: never too little, and nothing to add up.
        private void JudgeDuty(int width)
        {
            if (width > widest)
            {
                Widen(width);
            }

            if (onset - history.Working[(byte)(count - 1 - mostHigh)] < window2)
            {
                HistoryToBlame = count - 1 - start < mostHigh || (widest == carried && width < carried);
                Reject(GuardVerdict.Duty);
            }
        }

        // A window holds too many exactly when the pulse 'most' pulses back lies less than the window back.
        private void JudgeWindow(int verdict, long windowUs, int most)
        {
            if (result == Working && onset - history.Working[(byte)(count - most)] < windowUs)
            {
                HistoryToBlame = count - start < most;
                Reject(verdict);
            }
        }

        private void Finish()
        {
            if (high != 0)
            {
                Reject(GuardVerdict.EndsHigh);
            }
            else if (count != last)
            {
                Reject(GuardVerdict.Count);
            }
            else if (onset - first != span)
            {
                Reject(GuardVerdict.Span);
            }
            else
            {
                result = Passed;
            }
        }
    }
}
