using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Karl.Applications.Budgets.Internals;

/// <summary>A plan as JSON.</summary>
internal static class PlanJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(BudgetPlan plan, IReadOnlyList<ErrorCurve> curves, string model)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteString("goal", plan.Goal == BudgetGoal.Worst ? "worst" : "mean");
            json.WriteNumber("budget", plan.Budget);
            json.WriteNumber("spent", plan.Spent);
            json.WriteNumber("worst_error", Rounded(plan.WorstError));
            json.WriteNumber("mean_error", Rounded(plan.MeanError));
            json.WriteStartArray("images");
            for (int index = 0; index < plan.Images.Length; index++)
            {
                json.WriteStartObject();
                json.WriteString("path", plan.Images[index].Name);
                json.WriteNumber("tokens", plan.Images[index].Tokens);
                json.WriteNumber("error", Rounded(plan.Images[index].Error));
                json.WritePropertyName("curve");
                json.WriteRawValue($"[{string.Join(", ", curves[index].Points.Select(point => FormattableString.Invariant($"[{point.Tokens}, {Rounded(point.Error)}]")))}]");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    private static double Rounded(double error) => Math.Round(error, 6);
}
