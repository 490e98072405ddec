using System.Reflection;
using Escapement.Fit;
using Escapement.Fit.Opcodes;

namespace Escapement.Benchmarks.Opcodes;

/// <summary>Measures programs on the instrumented rooms of the working copy. One thread at a time.</summary>
public sealed class OpcodeMeter : IDisposable
{
    readonly OpcodeCounter counter;
    readonly Func<byte[], Action, Func<long>, long[]> measure;

    public OpcodeMeter()
    {
        counter = OpcodeCounter.InstrumentFirmware(RepositoryRoot.Find());
        Assembly copy = counter.LoadAlongside(typeof(KernelMeter).Assembly.Location);
        measure = copy.GetType(typeof(KernelMeter).FullName!)!.GetMethod(nameof(KernelMeter.Measure))!.CreateDelegate<Func<byte[], Action, Func<long>, long[]>>();
    }

    public ProgramCost Measure(string name) => Measure(name, Programs.Of(name));

    public ProgramCost Measure(string name, byte[] image) => ProgramCost.From(name, measure(image, counter.Reset, counter.Read));

    public void Dispose() => counter.Dispose();
}
