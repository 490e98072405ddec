using System;

namespace Escapement.Link
{
    /// <summary>Whole frames waiting to be sent, first in, first out.</summary>
    public sealed class TransmitQueue
    {
        /// <summary>Bytes that the queue can hold.</summary>
        public const int Capacity = 2048;

        private readonly byte[] _ring = new byte[Capacity];
        private int _head;
        private int _count;

        /// <summary>Bytes that still fit.</summary>
        public int Room
        {
            get { return Capacity - _count; }
        }

        /// <summary>Bytes waiting.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Appends a frame; false, and nothing is appended, when it does not fit.</summary>
        public bool Add(byte[] frame, int length)
        {
            if (length > Room)
            {
                return false;
            }

            int tail = _head + _count;
            if (tail >= Capacity)
            {
                tail -= Capacity;
            }

            int first = Capacity - tail < length ? Capacity - tail : length;
            Array.Copy(frame, 0, _ring, tail, first);
            if (first < length)
            {
                Array.Copy(frame, first, _ring, 0, length - first);
            }

            _count += length;
            return true;
        }

        /// <summary>Takes as many whole frames as fit the array; returns their bytes together.</summary>
        public int Take(byte[] target)
        {
            int taken = 0;
            while (_count > 0)
            {
                int next = _head + 1 == Capacity ? 0 : _head + 1;
                int length = _ring[next] + 2;
                if (taken + length > target.Length)
                {
                    break;
                }

                int first = Capacity - _head < length ? Capacity - _head : length;
                Array.Copy(_ring, _head, target, taken, first);
                if (first < length)
                {
                    Array.Copy(_ring, 0, target, taken + first, length - first);
                }

                taken += length;
                _count -= length;
                _head += length;
                if (_head >= Capacity)
                {
                    _head -= Capacity;
                }
            }

            return taken;
        }
    }
}
