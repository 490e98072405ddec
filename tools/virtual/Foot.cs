using Escapement.Rig;

namespace Escapement.Virtual;

/// <summary>A foot on the foot switch: on it while the live lamp is lit, from the time on that the bench is switched on.</summary>
internal sealed class Foot(VirtualBoard board)
{
    // A foot is slower than a pass.
    private const long ReactionUs = 200_000;

    private bool _seen;
    private long _sinceUs;

    /// <summary>Looks at the lamp once, after each of the board's passes.</summary>
    public void Step()
    {
        if (board.Lamp != _seen)
        {
            _seen = board.Lamp;
            _sinceUs = board.NowUs;
        }

        Contact pedal = board.Bench.Contact(ContactName.FootSwitch);
        if (board.IsSwitchedOn && pedal.IsClosed != _seen && board.NowUs - _sinceUs >= ReactionUs) { pedal.Set(_seen, board.Bench.Now80); }
    }
}
