using System.Diagnostics.CodeAnalysis;
using Karl.Tokenizers.Bundles;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Export.Verification.Internals;

/// <summary>How a family's recordings are read, and how a run is made again: what the stages of a verification do not know by themselves.</summary>
internal abstract class RecordingFormat
{
    /// <summary>What people call the family.</summary>
    public abstract string Title { get; }

    /// <summary>A key as this family has them.</summary>
    public abstract string ExampleKey { get; }

    /// <summary>What is run where a recording holds nothing but what depends on the image alone.</summary>
    public abstract RunSettings DefaultSettings { get; }

    /// <summary>Takes a key apart, or says that its meaning is not known.</summary>
    public abstract bool TryParse(string text, [NotNullWhen(true)] out RecordedKey? key);

    /// <summary>What cannot have been recorded from a bundle's architecture, and why.</summary>
    public abstract IEnumerable<(Func<RecordedKey, bool> IsWrong, string Reason)> Misfits(Bundle bundle);

    /// <summary>What the encoder graph is given.</summary>
    public abstract StageInputs EncoderInputs(RecordedRun run, RunState state, BundleManifest manifest, Recording recording, InferenceSession session);

    /// <summary>Positions of the tokens that the decoder is given, ascending.</summary>
    /// <param name="encoder">The encoder's run.</param>
    public abstract int[] Kept(StageRun encoder);
}
