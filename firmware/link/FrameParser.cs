using System;

namespace Escapement.Link
{
    /// <summary>
    /// Finds Harp frames in a stream of bytes. Feed with <see cref="Accept"/>, then call <see cref="Next"/> until it is
    /// false. A byte at which no frame can begin, or a frame whose checksum is wrong, moves the search on by one byte
    /// only, so a good frame behind or inside garbage is found. Cost grows with the bytes fed, whatever they are.
    /// </summary>
    public sealed class FrameParser
    {
        /// <summary>Bytes that the parser can hold.</summary>
        public const int Capacity = 512;

        private const int NeverSet = ~(HarpFrame.ErrorFlag | 0x03); // bits of the first byte

        private const int NotExpired = 0;
        private const int Expired = 1;
        private const int ExpiredAndCounted = 2;

        private readonly byte[] _data = new byte[Capacity];

        // Out of step only: _sums[i] is the sum of the bytes before i, so a checksum over any range is one subtraction.
        private readonly byte[] _sums = new byte[Capacity + 1];

        private int _start;
        private int _end;
        private int _summedTo;
        private int _frame;
        private int _frameLength;
        private int _payloadOffset;
        private int _expiry;
        private bool _inStep = true;
        private long _lastByteUs;

        /// <summary>The bytes that <see cref="FrameOffset"/> and <see cref="PayloadOffset"/> speak of; valid until the next call of <see cref="Accept"/>.</summary>
        public byte[] Buffer
        {
            get { return _data; }
        }

        /// <summary>Where the frame begins in <see cref="Buffer"/>.</summary>
        public int FrameOffset
        {
            get { return _frame; }
        }

        /// <summary>Length of the whole frame in bytes.</summary>
        public int FrameLength
        {
            get { return _frameLength; }
        }

        /// <summary>One of <see cref="Link.MessageType"/>, without the error flag.</summary>
        public int MessageType
        {
            get { return _data[_frame] & 0x03; }
        }

        /// <summary>Whether the frame is an error reply.</summary>
        public bool IsError
        {
            get { return (_data[_frame] & HarpFrame.ErrorFlag) != 0; }
        }

        /// <summary>Address of the register.</summary>
        public int Address
        {
            get { return _data[_frame + 2]; }
        }

        /// <summary>Port; 0xFF is the device itself.</summary>
        public int Port
        {
            get { return _data[_frame + 3]; }
        }

        /// <summary>Type of the payload's elements, without the timestamp flag.</summary>
        public int PayloadType
        {
            get { return _data[_frame + 4] & ~HarpFrame.TimestampFlag; }
        }

        /// <summary>Whether the frame carries a timestamp.</summary>
        public bool HasTimestamp
        {
            get { return (_data[_frame + 4] & HarpFrame.TimestampFlag) != 0; }
        }

        /// <summary>Whole seconds of the timestamp; 0 without one.</summary>
        public uint TimestampSeconds
        {
            get { return HasTimestamp ? LittleEndian.GetU32(_data, _frame + 5) : 0; }
        }

        /// <summary>Fraction of the timestamp in steps of 32 microseconds; 0 without one.</summary>
        public int TimestampTicks
        {
            get { return HasTimestamp ? LittleEndian.GetU16(_data, _frame + 9) : 0; }
        }

        /// <summary>Where the payload begins in <see cref="Buffer"/>.</summary>
        public int PayloadOffset
        {
            get { return _payloadOffset; }
        }

        /// <summary>Length of the payload in bytes.</summary>
        public int PayloadLength
        {
            get { return _frame + _frameLength - 1 - _payloadOffset; }
        }

        /// <summary>Frames that parsed.</summary>
        public uint FramesGood { get; private set; }

        /// <summary>Frames with a wrong checksum, where a frame was due (candidates within garbage are not counted).</summary>
        public uint ChecksumErrors { get; private set; }

        /// <summary>Bytes that belonged to no frame.</summary>
        public uint BytesSkipped { get; private set; }

        /// <summary>Frames that stopped in the middle and timed out.</summary>
        public uint HalfFrames { get; private set; }

        /// <summary>How many bytes <see cref="Accept"/> would take now.</summary>
        public int Room
        {
            get { return Capacity - (_end - _start); }
        }

        /// <summary>Bytes held that belong to no finished frame yet.</summary>
        public int Pending
        {
            get { return _end - _start; }
        }

        /// <summary>Takes bytes, as many as there is room for; returns how many (0 for a range outside the array). After <see cref="Next"/> was called until false there is room.</summary>
        /// <param name="source">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many there are.</param>
        /// <param name="nowUs">Clock in microseconds; any clock that only rises.</param>
        public int Accept(byte[] source, int offset, int count, long nowUs)
        {
            if (count > Room)
            {
                count = Room;
            }

            if (count <= 0 || offset < 0 || offset + count > source.Length)
            {
                return 0;
            }

            if (_end + count > Capacity)
            {
                MoveToFront();
            }

            Array.Copy(source, offset, _data, _end, count);
            _end += count;
            _lastByteUs = nowUs;
            _expiry = NotExpired;
            return count;
        }

        /// <summary>Finds the next frame. True: the properties describe it, until the next call of this or of <see cref="Accept"/>.</summary>
        public bool Next()
        {
            while (_start < _end)
            {
                int first = _data[_start];
                int available = _end - _start;
                if ((first & NeverSet) != 0 || (first & 0x03) == 0 || (available > 1 && IsImpossible(available)))
                {
                    Skip();
                    continue;
                }

                int length = available < 2 ? HarpFrame.MaxBytes : _data[_start + 1] + 2;
                if (available < length)
                {
                    if (_expiry == NotExpired)
                    {
                        return false;
                    }

                    CountHalfFrame();
                    Skip();
                    continue;
                }

                if (SumFits(_start + length - 1))
                {
                    TakeFrame(length);
                    return true;
                }

                CountChecksumError();
                Skip();
            }

            _expiry = NotExpired;
            return false;
        }

        /// <summary>
        /// Gives up a frame that stopped in the middle, when no byte has come for <see cref="HarpFrame.HalfFrameTimeoutUs"/>.
        /// Call <see cref="Next"/> until false afterwards: good frames behind it come out. Call it after whatever had
        /// arrived was fed, so that a pause of the caller is not taken for a pause of the line.
        /// </summary>
        public void Expire(long nowUs)
        {
            if (_start < _end && _expiry == NotExpired && nowUs - _lastByteUs >= HarpFrame.HalfFrameTimeoutUs)
            {
                _expiry = Expired;
            }
        }

        /// <summary>Begins the time-out anew: for a caller that has left bytes waiting outside.</summary>
        public void RestartTimeout(long nowUs)
        {
            _lastByteUs = nowUs;
        }

        /// <summary>Forgets what is held; the counters stay.</summary>
        public void Clear()
        {
            _start = _end;
            _expiry = NotExpired;
            _inStep = true;
        }

        private bool IsImpossible(int available) // at least 2
        {
            int length = _data[_start + 1];
            if (length < HarpFrame.PlainOverhead - 2 || length > HarpFrame.MaxBytes - 2)
            {
                return true;
            }

            return available >= 5 && length < HarpFrame.TimestampedOverhead - 2 && (_data[_start + 4] & HarpFrame.TimestampFlag) != 0;
        }

        private bool SumFits(int last)
        {
            if (_inStep)
            {
                return Checksum.Of(_data, _start, last - _start) == _data[last];
            }

            // Candidates within garbage overlap: each byte is summed once, however many candidates reach over it.
            if (_summedTo < _start)
            {
                _summedTo = _start;
                _sums[_start] = 0;
            }

            int sum = _sums[_summedTo];
            for (int i = _summedTo; i < last;)
            {
                sum += _data[i++];
                _sums[i] = (byte)sum;
            }

            if (_summedTo < last)
            {
                _summedTo = last;
            }

            return (byte)(_sums[last] - _sums[_start]) == _data[last];
        }

        private void TakeFrame(int length)
        {
            _frame = _start;
            _frameLength = length;
            _payloadOffset = (_data[_start + 4] & HarpFrame.TimestampFlag) != 0 ? _start + 11 : _start + 5;
            _start += length;
            _inStep = true;
            _summedTo = 0;
            FramesGood++;
        }

        private void Skip()
        {
            if (_inStep)
            {
                _inStep = false;
                _summedTo = 0;
            }

            _start++;
            BytesSkipped++;
        }

        private void CountChecksumError()
        {
            if (_inStep)
            {
                ChecksumErrors++;
            }
        }

        private void CountHalfFrame()
        {
            if (_expiry == Expired)
            {
                HalfFrames++;
                _expiry = ExpiredAndCounted;
            }
        }

        private void MoveToFront()
        {
            int held = _end - _start;
            Array.Copy(_data, _start, _data, 0, held);
            _summedTo = 0; // summed anew when it is needed
            _sums[0] = 0;
            _start = 0;
            _end = held;
        }
    }
}
