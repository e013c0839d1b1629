using System.Collections;
using System.Linq.Expressions;
using System.Reflection;

namespace DepthPro.Transforms.Tests.Reports;

/// <summary>What .NET Interactive shows of our types. It is not referenced: the steps are those of its Formatter.cs, TryRegisterFromConventionBasedFormatterSources.</summary>
public sealed class NotebookTests
{
    private static readonly DepthMap Map = new(3, 2, [1, 2, 3, 4, 5, 6], 3, FocalLengthSource.Given);

    private static readonly DepthEstimationMetrics Metrics = DepthEstimationMetrics.Of([DepthComparison.Of(Map, Map)]);

    public static TheoryData<string> Shown { get; } = [nameof(DepthMap), nameof(DepthEstimationMetrics), nameof(DepthProModel)];

    [Theory]
    [MemberData(nameof(Shown))]
    public void Shows_html(string kind)
    {
        var (value, html) = Example(kind);
        Assert.Equal(html, Display(value, "text/html"));
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void Shows_one_line_as_plain_text(string kind)
    {
        var (value, _) = Example(kind);
        Assert.Equal($"{value}", Display(value, "text/plain"));
    }

    [Fact]
    public void Leaves_other_values_to_other_formatters()
    {
        using var writer = new StringWriter();
        Assert.All(Formatters(typeof(DepthMap)), formatter => Assert.False(formatter.Format("text", writer)));
        Assert.Equal("", $"{writer}");
    }

    private static (object Value, string Html) Example(string kind) => kind switch
    {
        nameof(DepthMap) => (Map, Map.ToHtml()),
        nameof(DepthEstimationMetrics) => (Metrics, Metrics.ToHtml()),
        _ => (DepthProModel.Demo, DepthProModel.Demo.ToHtml()),
    };

    private static string Display(object value, string mimeType)
    {
        using var writer = new StringWriter();
        Assert.True(Formatters(value.GetType()).Single(formatter => formatter.MimeType == mimeType).Format(value, writer));
        return $"{writer}";
    }

    private static IEnumerable<(string MimeType, Func<object, TextWriter, bool> Format)> Formatters(Type type)
    {
        foreach (var attribute in type.GetCustomAttributes(inherit: true).Where(a => a.GetType().Name == "TypeFormatterSourceAttribute"))
        {
            var sourceType = Assert.IsAssignableFrom<Type>(Property(attribute, "FormatterSourceType"));
            var source = Activator.CreateInstance(sourceType);
            var formatters = Assert.IsAssignableFrom<IEnumerable>(sourceType.GetMethod("CreateTypeFormatters")?.Invoke(source, null));
            foreach (var formatter in formatters)
            {
                var mimeType = Assert.IsType<string>(Property(formatter, "MimeType"));
                var method = Assert.IsAssignableFrom<MethodInfo>(formatter.GetType().GetMethod("Format"));
                var (value, writer) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(TextWriter)));
                yield return (mimeType, Expression.Lambda<Func<object, TextWriter, bool>>(Expression.Call(Expression.Constant(formatter), method, value, writer), value, writer).Compile());
            }
        }
    }

    private static object? Property(object instance, string name) => instance.GetType().GetProperty(name)?.GetGetMethod()?.Invoke(instance, null);
}
