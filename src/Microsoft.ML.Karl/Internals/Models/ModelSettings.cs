using Karl.Tokenizers;
using Karl.Tokenizers.Sessions;

namespace Microsoft.ML.Karl.Internals.Models;

/// <summary>How a model is loaded and run.</summary>
internal sealed record ModelSettings(TokenizerDevice Device, bool FallbackToCpu, int? Threads, int BatchSize, TokenizerParts Parts, Action<string>? Warn = null)
{
    public static ModelSettings From(KarlModelOptions options, ContextLink context, TokenizerParts parts)
    {
        TokenizerDevice device = options.Device ?? (context.GpuDeviceId is int gpu ? TokenizerDevice.Cuda(gpu) : TokenizerDevice.Cpu);
        return new ModelSettings(device, context.FallbackToCpu, options.Threads, options.BatchSize, parts, options.Warn);
    }

    public ImageTokenizerOptions ToOptions() => new()
    {
        Device = Device,
        FallbackToCpu = FallbackToCpu,
        Threads = Threads,
        BatchSize = BatchSize,
        Parts = Parts,
        Warn = Warn,
    };
}
