using Karl.Tokenizers.Bundles;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Sessions.Internals;

/// <summary>Makes sessions on the device that was asked for, or on the processor if that was allowed and the device is not there.</summary>
internal sealed class SessionFactory(TokenizerDevice device, bool fallbackToCpu, int? threads, bool allowSpinning, Action<string>? warn)
{
    /// <summary>Where sessions run: what was asked for until a fallback.</summary>
    public TokenizerDevice Device { get; private set; } = device;

    /// <summary>Loads a part of a bundle and checks it against its contract.</summary>
    public GraphSession Load(Bundle bundle, string part, GraphContract contract)
    {
        byte[] model = bundle.ReadPart(part);
        InferenceSession session = Device.IsCuda ? CreateOnCuda(bundle, part, model) : Create(bundle, part, model, CpuOptions());
        string[] problems = [.. contract.Problems(session)];
        if (problems.Length == 0)
        {
            return new GraphSession(session, $"Bundle '{bundle.Name}', part '{part}'", contract);
        }

        session.Dispose();
        throw new KarlFormatException($"Bundle '{bundle.Name}': part '{part}': {string.Join(" ", problems)}");
    }

    private InferenceSession CreateOnCuda(Bundle bundle, string part, byte[] model)
    {
        try
        {
            using SessionOptions options = CpuOptions();
            return DeviceSessions.Open(Device, model, options);
        }
        catch (PlatformNotSupportedException exception) when (!fallbackToCpu)
        {
            throw new PlatformNotSupportedException($"{exception.Message} Or use device cpu, or allow the fallback to it.", exception);
        }
        catch (PlatformNotSupportedException exception)
        {
            Device = TokenizerDevice.Cpu;
            warn?.Invoke($"{exception.Message} Going on with cpu, as asked.");
            return Create(bundle, part, model, CpuOptions());
        }
    }

    private static InferenceSession Create(Bundle bundle, string part, byte[] model, SessionOptions options)
    {
        using (options)
        {
            try
            {
                return new InferenceSession(model, options);
            }
            catch (OnnxRuntimeException exception)
            {
                throw new KarlFormatException($"Bundle '{bundle.Name}': part '{part}' cannot be loaded: {DeviceSessions.FirstLine(exception)}", exception);
            }
        }
    }

    private SessionOptions CpuOptions()
    {
        SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (threads is int count)
        {
            options.IntraOpNumThreads = count;
        }

        options.AddSessionConfigEntry("session.intra_op.allow_spinning", allowSpinning ? "1" : "0");
        return options;
    }
}
