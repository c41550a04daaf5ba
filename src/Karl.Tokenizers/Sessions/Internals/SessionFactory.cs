using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Sessions.Internals;

/// <summary>Makes sessions on the device that was asked for, or on the processor if that was allowed and the device is not there.</summary>
internal sealed class SessionFactory(TokenizerDevice device, bool fallbackToCpu, int? threads, bool allowSpinning, Action<string>? warn)
{
    private const string CudaProvider = "CUDAExecutionProvider";

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
        string reason;
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(CudaProvider))
        {
            reason = "this build of ONNX Runtime has no CUDA provider; reference the package Microsoft.ML.OnnxRuntime.Gpu instead of Microsoft.ML.OnnxRuntime";
        }
        else
        {
            try
            {
                return new InferenceSession(model, CudaOptions());
            }
            catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
            {
                reason = FirstLine(exception);
            }
        }

        string problem = $"Device {Device} cannot be used: {reason}.";
        if (!fallbackToCpu)
        {
            throw new PlatformNotSupportedException($"{problem} Or use device cpu, or allow the fallback to it.");
        }

        Device = TokenizerDevice.Cpu;
        warn?.Invoke($"{problem} Going on with cpu, as asked.");
        return Create(bundle, part, model, CpuOptions());
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
                throw new KarlFormatException($"Bundle '{bundle.Name}': part '{part}' cannot be loaded: {FirstLine(exception)}", exception);
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

    private SessionOptions CudaOptions()
    {
        SessionOptions options = CpuOptions();
        using OrtCUDAProviderOptions cuda = new();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = Device.Index.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["arena_extend_strategy"] = "kSameAsRequested",
        });
        options.AppendExecutionProvider_CUDA(cuda);
        return options;
    }

    private static string FirstLine(Exception exception) =>
        Printable.Shorten(exception.Message.AsSpan().TrimStart().ToString().Split('\n')[0].TrimEnd(' ', '.', '\r'), 300);
}
