using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Karl.Benchmarks.Library;

/// <summary>Inside this process, where native libraries and the right .NET are already; with the memory that each call allocates.</summary>
/// <remarks>The number of iterations is fixed, so that a noisy machine makes the result less certain and not the wait longer.</remarks>
internal sealed class LibraryConfig : ManualConfig
{
    public LibraryConfig()
    {
        Add(DefaultConfig.Instance);
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(250))
            .WithWarmupCount(4)
            .WithIterationCount(12));
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}
