using System.Globalization;
using Karl.Tokenizers.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Sessions.Internals;

/// <summary>Loads graphs on a device.</summary>
internal static class DeviceSessions
{
    private const string CudaProvider = "CUDAExecutionProvider";

    /// <summary>Loads a graph.</summary>
    /// <param name="device">Where it shall run.</param>
    /// <param name="model">The graph's file.</param>
    /// <param name="options">All other settings; the device is added.</param>
    /// <exception cref="PlatformNotSupportedException">The device cannot be used; the message says why.</exception>
    public static InferenceSession Open(TokenizerDevice device, byte[] model, SessionOptions options)
    {
        if (!device.IsCuda)
        {
            return new InferenceSession(model, options);
        }

        if (!OrtEnv.Instance().GetAvailableProviders().Contains(CudaProvider))
        {
            throw Unusable(device, "this build of ONNX Runtime has no CUDA provider; reference the package Microsoft.ML.OnnxRuntime.Gpu instead of Microsoft.ML.OnnxRuntime", null);
        }

        try
        {
            using OrtCUDAProviderOptions cuda = new();
            cuda.UpdateOptions(new Dictionary<string, string>
            {
                ["device_id"] = device.Index.ToString(CultureInfo.InvariantCulture),
                ["arena_extend_strategy"] = "kSameAsRequested",
            });
            options.AppendExecutionProvider_CUDA(cuda);
            return new InferenceSession(model, options);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            throw Unusable(device, FirstLine(exception), exception);
        }
    }

    /// <summary>The first line of a message, without what ends it.</summary>
    public static string FirstLine(Exception exception) =>
        Printable.Shorten(exception.Message.AsSpan().TrimStart().ToString().Split('\n')[0].TrimEnd(' ', '.', '\r'), 300);

    private static PlatformNotSupportedException Unusable(TokenizerDevice device, string reason, Exception? cause) => new($"Device {device} cannot be used: {reason}.", cause);
}
