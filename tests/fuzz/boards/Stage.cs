using Escapement.Link;
using Escapement.Runtime.Ports;
using HandMade = Escapement.Runtime.Tests.Programs;
using SupervisorState = Escapement.Safety.SupervisorState;

namespace Escapement.Fuzz.Boards;

/// <summary>Where a session of fuzzing begins.</summary>
public enum Stage
{
    Standby,
    Idle,
    Uploading,
    Loaded,
    Armed,
    Running,
    Held,
    Fault,
}

/// <summary>Leads a pair of boards there, by nothing but what a host and an operator do.</summary>
public static class Stages
{
    /// <summary>Three trains of two theta bursts, trains 2 s apart.</summary>
    public static readonly byte[] Program = HandMade.ShortBursts;

    public static readonly Stage[] All = Enum.GetValues<Stage>();

    public static Twins Make(Stage stage)
    {
        Twins twins = new();
        twins.PowerUp();
        if (stage != Stage.Standby)
        {
            twins.Connect();
        }

        if (stage >= Stage.Uploading)
        {
            twins.TakeLease();
            twins.Upload(Program);
        }

        if (stage >= Stage.Loaded)
        {
            twins.Seal(Program);
            twins.Wait(5_500_000); // after power-up every window counts as full
        }

        if (stage >= Stage.Armed)
        {
            twins.Arm();
        }

        if (stage is Stage.Running or Stage.Held)
        {
            twins.Do(RegisterAddress.Start, twins.Digest);
            twins.WaitFor(SupervisorState.Running);
        }

        if (stage == Stage.Held)
        {
            twins.Write(RegisterAddress.Hold, 1, [1]);
            twins.WaitFor(SupervisorState.Held);
        }

        if (stage == Stage.Fault)
        {
            twins.SetInputs(~InputBits.Interlock);
            twins.Wait(20_000);
            twins.SetInputs(~0);
            twins.WaitFor(SupervisorState.Fault);
            twins.Wait(1_000_000);
        }

        while (!twins.IsSilent)
        {
            twins.Pass(100);
        }

        twins.Board.SentCount = 0;
        twins.Shadow.SentCount = 0;
        twins.Meter.Bytes = 0;
        return twins;
    }
}
