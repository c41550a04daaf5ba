using Karl.Tokenizers.Sessions;
using Karl.Training.Steps;

namespace Karl.Training.Running;

/// <summary>Where and how a step is computed.</summary>
public sealed record StepRunnerOptions
{
    /// <summary>Smaller parts waste time on matrices with few rows.</summary>
    private const int FewestImages = 8;

    /// <summary>The processor, or a GPU where ONNX Runtime's package for it is referenced: then the state lives in its memory.</summary>
    public TokenizerDevice Device { get; init; }

    /// <summary>Threads that compute on the processor; null is one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Parts of a batch that are computed side by side, each by its share of the threads; the mean of their gradients is followed. Much of a step of a small network has one thread at work
    /// however many there are, so parts are faster than threads. Losses that are means over images stay what they are; others, such as the entropy of all codes, become the mean of what
    /// each part gives alone. Batches must be a multiple of it.
    /// </summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Whether convolutions are laid out for this processor; where a GPU computes they never are.</summary>
    internal bool BlocksConvolutions { get; init; } = true;

    /// <summary>The replicas that suit a step: where they change no loss one for each thread, as far as batches fall into such parts and these are large enough; else 1.</summary>
    /// <param name="step">The step.</param>
    /// <param name="batchSize">Images in a step.</param>
    /// <param name="threads">Threads that compute on the processor; null is one for each core.</param>
    public static int SuitingReplicas(TrainingStep step, int batchSize, int? threads)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (!step.AveragesImages) return 1;
        return Enumerable.Range(1, Math.Min(threads ?? Environment.ProcessorCount, batchSize)).Last(count => count == 1 || (batchSize % count == 0 && batchSize / count >= FewestImages));
    }

    internal void Validate()
    {
        if (Threads is < 1 or > 1024) throw new ArgumentException($"Threads is {Threads}; 1 to 1024, or null, was expected.");
        if (Replicas is < 1 or > 1024) throw new ArgumentException($"Replicas is {Replicas}; 1 to 1024 was expected.");
        if (Device.IsCuda && Replicas > 1) throw new ArgumentException($"Replicas is {Replicas} on {Device}; a GPU computes a whole batch at once, so leave it at 1.");
    }
}
