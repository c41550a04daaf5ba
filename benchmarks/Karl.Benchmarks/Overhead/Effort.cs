using System.Diagnostics;

namespace Karl.Benchmarks.Overhead;

/// <summary>What a piece of work took, in milliseconds: of all processors together, and on the clock.</summary>
internal readonly record struct Effort(double Processor, double Clock)
{
    /// <summary>The difference, part by part.</summary>
    public static Effort operator -(Effort left, Effort right) => new(left.Processor - right.Processor, left.Clock - right.Clock);

    /// <summary>The share of one of <paramref name="count"/> images.</summary>
    public static Effort operator /(Effort effort, int count) => new(effort.Processor / count, effort.Clock / count);

    /// <summary>Does the work and measures it.</summary>
    public static Effort Of(Action work)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        work();
        return new Effort((Environment.CpuUsage.TotalTime - processor).TotalMilliseconds, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>The median of each part.</summary>
    public static Effort Median(IEnumerable<Effort> efforts)
    {
        Effort[] all = [.. efforts];
        return new Effort(new Measuring.Timing(all.Select(effort => effort.Processor)).Median, new Measuring.Timing(all.Select(effort => effort.Clock)).Median);
    }
}
