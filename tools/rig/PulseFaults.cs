namespace Escapement.Rig;

/// <summary>Which of a wire's next pulses are lost, and which bring more with them.</summary>
internal sealed class PulseFaults(bool driven)
{
    private bool _driven = driven;
    private bool _losing;
    private Range _lost;
    private Range _more;
    private Action<long>? _addMore;

    public void Lose(int nth, int count) => _lost = Range.From(nth, count);

    public void Add(int nth, int count, Action<long> addMore)
    {
        _more = Range.From(nth, count);
        _addMore = addMore;
    }

    /// <summary>What arrives of a level that the wire is driven to.</summary>
    public bool Pass(bool level, long t80)
    {
        if (level && !_driven)
        {
            _losing = _lost.Next();
            if (_more.Next()) { _addMore!(t80); }
        }
        _driven = level;
        return level && !_losing;
    }

    /// <summary>The nth pulse from now, and some behind it.</summary>
    private struct Range
    {
        private int _before;
        private int _left;

        public static Range From(int nth, int count)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(nth, 1);
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            return new Range { _before = nth - 1, _left = count };
        }

        public bool Next()
        {
            if (_left == 0) { return false; }
            if (_before > 0)
            {
                _before--;
                return false;
            }
            _left--;
            return true;
        }
    }
}
